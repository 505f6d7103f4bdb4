"""All candidates of a reading with the facts about each: what `choose` weighs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from letopis.find.speech import features
from letopis.find.speech.candidates import Candidate, Cue
from letopis.find.speech.cues import candidates
from letopis.find.speech.direct import direct_candidates
from letopis.find.speech.lexicon import announcing
from letopis.find.speech.offsets import Reading
from letopis.find.speech.phrases import Speaker
from letopis.find.speech.relations import filling, holding, overlapping, stands_in
from letopis.find.speech.speakers import speaker_of
from letopis.find.speech.view import Tree, View, trees
from letopis.layers import Block, Mention

_HEADLINE = 9                                      # words before a headline's colon


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate, who its cue says speaks, and the facts about it."""

    candidate: Candidate
    speaker: Speaker | None
    facts: list[str]


class Index:
    """Mentions by sentence and by reading."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self.at: dict[int, list[int]] = {}
        self.in_reading: dict[int, list[int]] = {}
        for number, mention in enumerate(mentions):
            self.at.setdefault(mention.span.sentence, []).append(number)
            self.in_reading.setdefault(mention.span.reading, []).append(number)

    def type_at(self, sentence: int, offset: int) -> str:
        """The type of a name that covers an offset, or ''."""
        for number in self.at.get(sentence, ()):
            mention = self.mentions[number]
            if mention.span.start <= offset < mention.span.end:
                return mention.type if mention.type in ("PERSON", "ORGANIZATION") else "place"
        return ""


class Forest:
    """The trees of a reading's sentences, made when first asked for."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._trees: dict[int, list[Tree]] = {}

    def of(self, sentence: int) -> list[Tree]:
        """The trees of a sentence."""
        if sentence not in self._trees:
            self._trees[sentence] = list(trees(self.view, sentence))
        return self._trees[sentence]

    def at(self, word: int) -> Tree:
        """The tree of a word."""
        found = self.of(self.view.sentence[word])
        return next(tree for tree in found if word < tree.last)


def proposals(view: View, number: int, sentences: range, blocks: tuple[Block, ...], index: Index) -> list[Proposal]:
    """Every candidate of reading `number`, whose sentences are given."""
    if not sentences:
        return []
    forest = Forest(view)
    words = range(view.first[sentences.start], view.first[sentences.stop])
    direct = list(direct_candidates(Reading(view, number, words), blocks))
    indirect = [c for s in sentences if _is_worth_a_look(view, s) for tree in forest.of(s) for c in candidates(tree)]
    return [*_indirect(forest, indirect, direct, index), *_direct(forest, direct, indirect, index)]


def _is_worth_a_look(view: View, sentence: int) -> bool:
    first, last = view.first[sentence], view.first[sentence + 1]
    return not announcing().isdisjoint(view.lemma[first:last]) or ":" in view.form[first:first + _HEADLINE]


def _indirect(forest: Forest, indirect: list[Candidate], direct: list[Candidate], index: Index) -> Iterator[Proposal]:
    view = forest.view
    known: dict[tuple[int, int], tuple[Speaker | None, list[str]]] = {}     # a verb has several constructions
    for c, others in overlapping(indirect):
        assert c.cue is not None
        tree = forest.at(c.cue.word)
        key = c.cue.word, c.cue.first
        if key not in known:
            known[key] = _announcing(tree, c.cue, index)
        speaker, facts = known[key]
        yield Proposal(c, speaker, [
            *features.of_content(view, c), *facts, *features.of_place(tree, c), *features.of_head(view, c),
            f"marks={stands_in(view, c, direct)}", *others,
        ])


def _direct(forest: Forest, direct: list[Candidate], indirect: list[Candidate], index: Index) -> Iterator[Proposal]:
    view = forest.view
    for c in direct:
        speaker, facts = (None, features.NO_CUE) if c.cue is None else _announcing(forest.at(c.cue.word), c.cue, index)
        yield Proposal(c, speaker, [
            *features.of_content(view, c), *facts, *features.of_marks(view, c, filling(c, index.at, index.mentions)),
            f"within={holding(c, indirect)}", f"depth={sum(o.start <= c.start and c.end <= o.end for o in direct) - 1}",
        ])


def _announcing(tree: Tree, cue: Cue, index: Index) -> tuple[Speaker | None, list[str]]:
    """Who speaks by a cue, and the facts about both."""
    speaker = speaker_of(tree, cue)
    how = speaker.how if speaker else "none"
    return speaker, [*features.of_cue(tree.view, cue), f"who={_who(tree.view, speaker, index)}", f"how={how}"]


def _who(view: View, speaker: Speaker | None, index: Index) -> str:
    """What names the speaker: PERSON, ORGANIZATION, place, pronoun, anim, inan or none."""
    if speaker is None:
        return "none"
    head = speaker.head
    named = index.type_at(view.sentence[head], view.start[head])
    if named:
        return named
    if view.pos[head] in ("PRON", "DET"):
        return "pronoun"
    return "anim" if "Animacy=Anim" in view.feats[head] else "inan"
