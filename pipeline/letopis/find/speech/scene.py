"""What a document has said so far, seen from a quote: who has spoken, who is near, who is the subject."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from letopis.find.speech.cast import Cast, Member
from letopis.find.speech.phrases import Speaker
from letopis.find.speech.view import View
from letopis.layers import Mention


@dataclass(slots=True)
class Scene:
    """A document while its quotes get their speakers, in order."""

    view: View
    mentions: Sequence[Mention]
    cast: Cast
    at: dict[int, list[int]]                       # sentence -> numbers of its mentions
    voices: dict[str, tuple[Member, int]] = field(default_factory=dict)     # kind of member -> who of it spoke last, and where
    voice: Member | None = None                    # who spoke last, of any kind
    turns: dict[int, int] = field(default_factory=dict)                     # id of a member -> how often it has spoken
    unnamed: int = -1                              # the sentence where somebody last spoke whom no mention names
    subjects: dict[int, bool] = field(default_factory=dict)

    def heard(self, member: Member, sentence: int) -> None:
        """Somebody has spoken."""
        self.voices[member.kind] = member, sentence
        self.voice = member
        self.turns[id(member)] = self.turns.get(id(member), 0) + 1
        self.unnamed = -1

    def inside(self, speaker: Speaker, beyond: int = 0) -> list[int]:
        """Members' mentions that share characters with a phrase, or begin at most `beyond` words after it."""
        view = self.view
        sentence = view.sentence[speaker.head]
        last = min(speaker.last + beyond, view.first[sentence + 1] - 1)
        start, end = view.start[speaker.first], view.end[last]
        return [
            n for n in self.at.get(sentence, ())
            if self.mentions[n].span.start < end and start < self.mentions[n].span.end and n in self.cast.of
        ]

    def first_word(self, number: int) -> int:
        """The first word of a mention."""
        view, span = self.view, self.mentions[number].span
        low, high = view.first[span.sentence], view.first[span.sentence + 1]
        return min(bisect_right(view.end, span.start, low, high), high - 1)

    def last_before(self, member: Member, sentence: int, start: int) -> int | None:
        """A member's last mention before a place of the text."""
        found = None
        for number in member.mentions:
            span = self.mentions[number].span
            if (span.sentence, span.start) >= (sentence, start):
                break
            found = number
        return found

    def is_subject(self, number: int) -> bool:
        """A mention is the subject of its clause, itself or through its title."""
        known = self.subjects.get(number)
        if known is None:
            view = self.view
            word = self.first_word(number)
            head = view.head[word]
            title = head >= 0 and view.deprel[word] == "appos" and view.deprel[head] == "nsubj"
            known = title or view.deprel[word] == "nsubj"
            self.subjects[number] = known
        return known
