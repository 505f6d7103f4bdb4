"""A batch as the finder of positions sees it: what kind of word stands where, and which mention begins or lies there.

Contract. Reads the layers and decides only about single words: `post`, `calling` (a post only with its employer), `never` (another
noun for a person), `body`, `organ`, words of status, of time and praise (data/lexicons/position_words.tsv); what the tagger calls
a PROFESSION and no list knows is a calling.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from letopis.find.clauses import Text, feature, features, head_word, words_of_each
from letopis.find.lexicons import table
from letopis.find.naming.people import is_calling
from letopis.layers import Mention

OWNERS = frozenset({"ORGANIZATION", "COUNTRY", "STATE_OR_PROVINCE", "CITY", "DISTRICT", "FACILITY"})
STATUSES = frozenset({"former", "acting", "future"})
HOLDERS = frozenset({"post", "calling", "never"})
_NOUNS = ("NOUN", "PROPN")
SPEECH = frozenset({*_NOUNS, "ADJ", "VERB"})     # what a noun for a person may be tagged
_FORMER = "экс-"


@dataclass(frozen=True, slots=True)
class View:
    """The text and its mentions by word (numbers of words are of the batch)."""

    text: Text
    mentions: tuple[Mention, ...]
    words: tuple[tuple[int, int], ...]       # [mention] first word, last + 1
    person_at: Mapping[int, int]             # word -> mention of the person
    owner_from: Mapping[int, int]            # first word -> outermost owner that begins there, adjectives among them
    owned: frozenset[int]                    # words inside an owner that is no adjective
    dated: frozenset[int]                    # words of dates and ages
    professions: Mapping[int, int]           # word that heads a PROFESSION -> word after the longest one


def view_of(text: Text, mentions: tuple[Mention, ...]) -> View:
    """The view of a batch."""
    words = tuple(words_of_each(text, [m.span for m in mentions]))
    person_at: dict[int, int] = {}
    owner_from: dict[int, int] = {}
    owned: set[int] = set()
    for i, m in enumerate(mentions):
        if m.type == "PERSON":
            person_at.update((w, i) for w in range(*words[i]))
        elif m.type in OWNERS:
            first = words[i][0] + _organ(text, *words[i])
            owner_from.setdefault(first, i)
            owned.update(range(first, words[i][1]) if m.form != "adjective" else ())
    dated = (w for i, m in enumerate(mentions) if m.type in ("DATE", "TIME", "AGE") for w in range(*words[i]))
    professions: dict[int, int] = {}
    for i in (i for i, m in enumerate(mentions) if m.type == "PROFESSION"):
        head = head_word(text, *words[i])
        professions[head] = max(professions.get(head, 0), words[i][1])
    return View(text, mentions, words, person_at, owner_from, frozenset(owned), frozenset(dated), professions)


def _organ(text: Text, first: int, last: int) -> int:
    """How many words of a name are an organ's: 'правления | банка', 'войсками | округа': the post's, the rest is the owner."""
    lemmas = [text.syntax.lemma[w].lower() for w in range(first, last)]
    if lemmas[:2] == ["совет", "директор"] and len(lemmas) > 2:
        return 2
    return int(kind_of_lemma(lemmas[0]) == "organ" and len(lemmas) > 1)


def kind_at(view: View, word: int) -> str:
    """The kind of a noun for a person, '' for any other word; names, owners' words and modifiers are none."""
    text, pos = view.text, view.text.syntax.pos[word]
    if pos not in SPEECH or word in view.person_at or (word in view.owned and word not in view.professions):
        return ""
    kind = _kind_of(text.syntax.lemma[word], text.words.form[word])
    if kind and any(kind_of_lemma(lemma.lower()) == "kin" for lemma in text.syntax.lemma[word + 1:word + 3]):
        kind = "never"                                                     # 'глава семьи', 'представитель мужского пола'
    if pos not in _NOUNS:
        free = text.syntax.deprel[word] not in ("amod", "acl")
        nominal = feature(text, word, "VerbForm") in ("", "Part") and feature(text, word, "Variant") != "Short"
        return kind if kind == "post" and free and nominal else ""
    if kind:
        return kind if kind in HOLDERS else ""
    return _unlisted(view, word)


def _unlisted(view: View, word: int) -> str:
    lemma = view.text.syntax.lemma[word].lower()
    if view.text.words.form[word][:1].isupper() and view.text.syntax.pos[word] == "PROPN":
        return ""
    if is_calling(lemma) or feature(view.text, word, "Animacy") == "Anim":
        return "calling" if word in view.professions else "never"
    return ""


@lru_cache(maxsize=50_000)
def _kind_of(lemma: str, form: str) -> str:
    return kind_of_lemma(lemma.lower()) or kind_of_lemma(form.lower())


@lru_cache(maxsize=50_000)
def kind_of_lemma(lemma: str) -> str:
    """The kind of the list, '' for none: 'экс-министр' is what 'министр' is, 'директор-основатель' what 'директор' is."""
    known = _kinds()
    folded = lemma.replace("ё", "е").removeprefix(_FORMER)
    if folded in known:
        return known[folded]
    first, _, last = folded.partition("-")
    kinds = [known.get(part, "") for part in (first, last) if last]
    return next((k for k in ("post", "calling") if k in kinds), "")


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, str]:
    return {row["lemma"].replace("ё", "е"): row["kind"] for row in table("position_words")}


def is_former(lemma: str) -> bool:
    """'экс-министр'."""
    return lemma.lower().startswith(_FORMER)


def case_of(view: View, word: int) -> str:
    """'Gen', or '' where it is not told."""
    return features(view.text.syntax.feats[word]).get("Case", "")


def same_case(view: View, a: int, b: int) -> bool:
    """As far as both are told; the genitive and the accusative of people look alike."""
    cases = {case_of(view, _declined(view, w)) for w in (a, b)} - {""}
    return len(cases) < 2 or cases == {"Gen", "Acc"}


def _declined(view: View, word: int) -> int:
    """An initial tells no case: 'Ю. | Синдеева'."""
    person = view.person_at.get(word)
    return word if person is None or len(view.text.words.form[word]) > 2 else view.words[person][1] - 1


def sentence_of(view: View, word: int) -> tuple[int, int]:
    """The words [first, last) of a word's sentence."""
    number = int(view.text.words.sentence[word])
    first, last = view.text.words.first[number:number + 2].tolist()
    return first, last


def governed_within(view: View, word: int, first: int, last: int) -> bool:
    """Whether a chain of heads leads from a word to one of words [first, last)."""
    for _ in range(8):
        word = int(view.text.syntax.head[word])
        if first <= word < last:
            return True
        if word < 0:
            return False
    return False
