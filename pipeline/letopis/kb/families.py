"""What an item is: a person, an organisation, a place, by its stated type, its Wikidata classes or the words of its description.

Contract. A family of `items.FAMILIES`, None where nothing tells. A stated type is believed first, then classes, then words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from letopis.find.lexicons import table, words
from letopis.find.names import fold
from letopis.find.naming.bodies import lemma
from letopis.find.naming.people import is_patronymic
from letopis.kb.items import FAMILIES
from letopis.schema.mentions import ENTITY_TYPES, LABELS
from letopis.text.dictionary import parses

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_PARTS = re.compile(r"[,;:()/—–]|\bи\b|\bили\b")
_CLEAR = frozenset({"вид", "часть", "один", "ряд", "семейство", "система", "совокупность", "название", "филиал"})
_BODIES = frozenset({"ORG", "LOC", "FAC"})
_THINGS = _BODIES | {"PER"}
_CALLING = re.compile(r"(?:ist|ician|player|keeper|man|woman)$")
_INVERTED = re.compile(r"([А-ЯЁ][а-яё-]+), ([А-ЯЁ][а-яё-]+(?: [А-ЯЁ][а-яё-]+){0,2})")
_TYPES = {t: {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}.get(LABELS.get(t, ""), "MISC") for t in ENTITY_TYPES} | {"FACILITY": "FAC"}
_STATED = _TYPES | {f: f for f in FAMILIES} | {"GPE": "LOC", "EVENT": "EVT", "PRO": "MISC"}
_CUTS = {
    "in", "of", "for", "at", "from", "to", "who", "which", "that", "by", "on", "with", "between", "based", "located", "published",
    "owned", "near", "during", "under", "known", "used", "born",
}
RELATED = {                           # mention type -> families of items it may name, the usual one first
    "PERSON": ("PER",), "ORGANIZATION": ("ORG", "FAC"), "FACILITY": ("FAC", "LOC", "ORG"), "PRODUCT": ("MISC", "ORG"),
    "WORK_OF_ART": ("MISC",), "LAW": ("MISC",), "AWARD": ("MISC",),
    **dict.fromkeys(("CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION"), ("LOC", "FAC")),
}


def family_of(stated: str, classes: Iterable[str], description: str, names: Sequence[str]) -> str | None:
    """The family of an item, or two ('ORG LOC') where its description says one and its name another; `names`: label and aliases."""
    by_class = (family for c in classes if (family := _classes().get(c)))
    said = _stated(stated) if stated else next(by_class, None)
    if said:
        return said
    described = _described(description) if description else None
    if names and (_is_inverted(names[0]) or described is None or described in _THINGS) and _bears_a_persons_name(names):
        return "PER"
    named = _described(names[0]) if names and " " in names[0] and _CYRILLIC.search(names[0]) else None
    bodies = described in _BODIES and named in _BODIES and described != named
    return f"{described} {named}" if bodies else described or named        # 'группа субъектов РФ', called a district


def fits(mention_type: str, families: str | None) -> float | None:
    """1 for what a mention of the type usually names, less for what it may or for an item of no known family; None: never."""
    if families is None:
        return 0.0
    known = RELATED.get(mention_type, ())
    said = families.split()
    if not set(said) & set(known):
        return None
    return 0.5 if len(said) > 1 else float(said[0] == known[0])


def _stated(kind: str) -> str | None:
    return _STATED.get(kind.strip().upper()) or _classes().get(kind.strip()) or _described(kind)


@lru_cache(maxsize=50_000)
def _described(text: str) -> str | None:
    """The first head noun known: 'российский дипломат' -> PER, 'city police department in Ohio' -> ORG."""
    heads = _russian_heads if _CYRILLIC.search(text) else _english_heads
    return next((family for part in _PARTS.split(text.lower()) for w in heads(part) if (family := _family(w))), None)


def _russian_heads(part: str) -> Iterator[str]:
    """The first noun, if it is in the nominative; of 'один из вузов', 'вид войск' the next one, in whatever case."""
    any_case = False
    for word in _WORD.findall(part):
        said, known = lemma(word), parses(word)
        if said in _CLEAR:
            any_case = True
        elif known[0].tag.POS in ("NOUN", None):
            if any_case or any("nomn" in p.tag for p in known):
                yield said
            return


def _english_heads(part: str) -> Iterator[str]:
    """The nouns before a preposition or participle, the last one first; else a word that ends like a calling."""
    said = _WORD.findall(part)
    cut = next((i for i, w in enumerate(said) if i and (w in _CUTS or w.endswith(("ing", "ed")))), len(said))
    yield from reversed(said[:cut])
    if said and _CALLING.search(said[cut - 1]):
        yield "человек"


def _bears_a_persons_name(names: Sequence[str]) -> bool:
    """'Боос, Георгий Валентинович' is a person, whatever is said of him."""
    own = set(fold(names[0]).split())
    turned = any(inverted(n) and (n == names[0] or set(fold(n.replace(",", " ")).split()) <= own) for n in names)
    return turned or any(is_patronymic(w) for w in fold(names[0]).split()[1:])


def _is_inverted(label: str) -> bool:
    """'Челах, Владислав Валерьевич': nothing but a person is labelled so, also where a crime is all that is said of him."""
    turned = inverted(label)
    return turned is not None and is_patronymic(fold(turned).split()[-2])


def inverted(name: str) -> str | None:
    """'Георгий Валентинович Боос' of 'Боос, Георгий Валентинович'; None for names in another order."""
    found = _INVERTED.fullmatch(name)
    return f"{found[2]} {found[1]}" if found else None


@lru_cache(maxsize=100_000)
def _family(word: str) -> str | None:
    """Of a word, of the last or first of its parts ('рэп-исполнитель', 'фильм-драма'), or of an English plural's singular."""
    known = (_words().get(part) for part in (word, *reversed(word.split("-")), word.removesuffix("s")))
    return next((family for family in known if family), None) or ("PER" if word in words("professions") else None)


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return {row["lemma"]: row["family"] for row in table("kb_words")}


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    return {row["item"]: row["family"] for row in table("kb_classes")}
