"""The people, organisations and places of one document in order of appearance: names that belong together.

Contract: a simple stand-in for coreference, made for speakers only. People are one if the last words of their names share a
normal form, others if all words of the later name are known. What a member is called and its gender are read off the text
when asked for.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from letopis.find.speech.lexicon import bodies, media
from letopis.find.speech.phrases import case_of
from letopis.find.speech.view import View
from letopis.layers import Mention
from letopis.text.dictionary import parses

_KINDS = {
    "PERSON": "person", "ORGANIZATION": "organisation", "COUNTRY": "place", "CITY": "place", "STATE_OR_PROVINCE": "place",
    "DISTRICT": "place", "LOCATION": "place",
}
_MARKS = str.maketrans("«»\"„“”().,", " " * 10)
_INNER = frozenset("«»\"-()")
_BARRIERS = frozenset({"VERB", "AUX", "ADP", "CCONJ"})
_TITLE = 12                                        # words before a name that may belong to its title


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One person, organisation or place: the numbers of its mentions and the normal forms of its names' words."""

    kind: str                                      # person, organisation, place
    mentions: list[int] = field(default_factory=list)
    words: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Calling:
    """What the text calls a member: titles ('глава'), the words about them ('мид'), votes for a man less votes for a woman."""

    titles: frozenset[str]
    context: frozenset[str]
    masculine: int
    medium: bool


class Cast:
    """Members of a document, in the order of the text."""

    def __init__(self, view: View, mentions: Sequence[Mention], numbers: Sequence[int]) -> None:
        self.view = view
        self.mentions = mentions
        self.members: list[Member] = []
        self.of: dict[int, Member] = {}
        self._callings: dict[int, Calling] = {}
        self._nouns: frozenset[str] | None = None
        self._most: dict[str, int] = {}
        for number in numbers:
            if mentions[number].type in _KINDS:
                self._add(number)

    def _add(self, number: int) -> None:
        mention = self.mentions[number]
        names = _names(mention.normal)
        if not names:
            return
        kind = _KINDS[mention.type]
        member = self._same(kind, names)
        if member is None:
            member = Member(kind)
            self.members.append(member)
        member.mentions.append(number)
        member.words.update(*names)
        self.of[number] = member

    def _same(self, kind: str, names: tuple[frozenset[str], ...]) -> Member | None:
        for member in reversed(self.members):
            if member.kind == kind and names[-1] & member.words and (kind == "person" or all(n & member.words for n in names)):
                return member
        return None

    def calling(self, member: Member) -> Calling:
        """What the whole text calls a member."""
        known = self._callings.get(id(member))
        if known is None:
            known = self._callings[id(member)] = self._calling(member)
        return known

    def most(self, kind: str) -> int:
        """How often the text names the member of a kind that it names most."""
        if kind not in self._most:
            self._most[kind] = max((len(m.mentions) for m in self.members if m.kind == kind), default=0)
        return self._most[kind]

    def nouns(self) -> frozenset[str]:
        """Every title and every word of an organisation's or place's name."""
        if self._nouns is None:
            titles = [self.calling(m).titles for m in self.members]
            self._nouns = frozenset().union(*titles, *(m.words for m in self.members if m.kind != "person"))
        return self._nouns

    def _calling(self, member: Member) -> Calling:
        titles: set[str] = set()
        context: set[str] = set()
        masculine = 0
        for number in member.mentions:
            first, last = word_range(self.view, self.mentions[number])
            if first < last:
                found, about = titles_before(self.view, first, person=member.kind == "person")
                titles |= found
                context |= about
                if member.kind == "person":
                    masculine += _gender(self.view, self.mentions[number], first, last)
        names = [" ".join(words_of(self.mentions[n].normal)) for n in member.mentions[:3]]
        medium = any(name in media() for name in names) or any(t in bodies() and bodies()[t].kind == "media" for t in titles)
        return Calling(frozenset(titles), frozenset(context), masculine, medium and member.kind != "person")


@lru_cache(maxsize=50_000)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, ё folded, without marks."""
    return tuple(name.lower().replace("ё", "е").translate(_MARKS).split())


@lru_cache(maxsize=50_000)
def _names(name: str) -> tuple[frozenset[str], ...]:
    """The normal forms of each word of a name; none for 'Telegram-канал', which is no name yet."""
    names = tuple(normals(w) for w in words_of(name))
    is_common = len(names) == 1 and any(w in bodies() and bodies()[w].kind == "media" for w in names[0])
    return () if is_common else names


@lru_cache(maxsize=50_000)
def normals(word: str) -> frozenset[str]:
    """Every normal form of a word, and the word itself."""
    return frozenset({word} | {p.normal_form.replace("ё", "е") for p in parses(word)})


def word_range(view: View, mention: Mention) -> tuple[int, int]:
    """First word of a mention and the word after its last."""
    low, high = view.first[mention.span.sentence], view.first[mention.span.sentence + 1]
    first = bisect_right(view.end, mention.span.start, low, high)
    return first, bisect_left(view.start, mention.span.end, first, high)


def titles_before(view: View, word: int, *, person: bool) -> tuple[set[str], set[str]]:
    """Nouns in the case of a name that stand right before it, and the words that hang on them.

    'глава МИД Польши Гжегож Схетына' gives 'глава', and 'мид', 'польша'.
    """
    titles: set[str] = set()
    context: set[str] = set()
    case = case_of(view, word)
    for at in range(word - 1, max(word - _TITLE, view.first[view.sentence[word]]) - 1, -1):
        if view.pos[at] in _BARRIERS or (view.pos[at] == "PUNCT" and view.form[at] not in _INNER):
            break
        lemma = view.lemma[at]
        if view.pos[at] == "NOUN" and (not case or case in view.feats[at]) and _is_title(view, at, person=person):
            titles.update(title_keys(lemma))
            if not person:
                break
        elif view.pos[at] in ("NOUN", "PROPN", "ADJ", "X"):
            context.add(stem(lemma))
    return titles, context


def _is_title(view: View, word: int, *, person: bool) -> bool:
    if not person:
        return view.lemma[word] in bodies()
    return "Animacy=Anim" in view.feats[word] or view.lemma[word] == "глава"


def stem(lemma: str) -> str:
    """What 'российский' and 'Россия' share, roughly."""
    return lemma.lower().replace("ё", "е")[:5]


@lru_cache(maxsize=10_000)
def title_keys(lemma: str) -> frozenset[str]:
    """What a title is looked up by: itself and the parts of 'премьер-министр'."""
    lemma = lemma.lower().replace("ё", "е")
    return frozenset([lemma, *lemma.split("-")])


def _gender(view: View, mention: Mention, first: int, last: int) -> int:
    """Votes for a man less votes for a woman: the verb's form counts most, then a first name, then what the tagger thinks."""
    score = sum(_first_name(name) for name in words_of(mention.normal))
    if not score:
        score = sum(("Gender=Masc" in view.feats[w]) - ("Gender=Fem" in view.feats[w]) for w in range(first, last))
    verb = _verb_of(view, first)
    if verb >= 0:
        score += 4 * (("Gender=Masc" in view.feats[verb]) - ("Gender=Fem" in view.feats[verb]))
    return score


@lru_cache(maxsize=20_000)
def _first_name(word: str) -> int:
    for p in parses(word)[:1]:
        if "Name" in p.tag and p.tag.gender in ("masc", "femn"):
            return 3 if p.tag.gender == "masc" else -3
    return 0


def _verb_of(view: View, word: int) -> int:
    """The verb that a name is the subject of, through its title; -1 if there is none."""
    for _ in range(3):
        head = view.head[word]
        if head < 0:
            return -1
        if view.deprel[word] == "nsubj":
            return head if view.pos[head] == "VERB" else -1
        if view.deprel[word] not in ("appos", "flat:name"):
            return -1
        word = head
    return -1
