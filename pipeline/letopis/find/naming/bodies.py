"""Names of organisations and things: the words that tell one from another, kinds, and the places they hold.

Contract. A name's `core` are lemmas without legal forms, kinds and places: 'ПАО «Газпром»' and «Газпром» have one core,
'Верховный суд США' has ('верховный', 'суд') and the place Q30. What readers know is spelled out ('Минздрав'). Nothing here
looks at the text around.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from letopis.find.gazetteer import gazetteer
from letopis.find.lexicons import table, words
from letopis.find.place_names import look_up
from letopis.text.dictionary import parses

_PIECE = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_FOLDED = str.maketrans({"ё": "е", "–": "-", "—": "-"})
_LEFT_OUT = {"город", "городской", "г", "и", "в", "на", "при", "the", "of", "and", "№", "no"}
_ONE_SORT = {"ORGANIZATION", "FACILITY", "PRODUCT", "CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION"}
_SPELLED = {"ст": "статья", "ч": "часть", "п": "пункт"}
_HONOURS = {"государственный", "национальный", "федеральный", "российский", "всероссийский"}
_ABBREVIATION = re.compile(r"[А-ЯЁA-Z][А-ЯЁA-Zа-яё]*[А-ЯЁA-Z]")
_GREAT = {"country", "state", "union", "territory"}


@dataclass(frozen=True)
class BodyName:
    """Parts of a name; `places` are keys of the gazetteer, `kinds` lemmas of the words that say what it is ('банк').

    No slots: `coined` and `key` are asked again and again, and kept.
    """

    core: tuple[str, ...]
    kinds: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    quoted: bool = False
    short: str = ""                   # the abbreviation as it stands, folded; '' for none

    @cached_property
    def coined(self) -> bool:
        """Whether some word of the name is in no dictionary: such a name has one bearer ('Ryanair'), wherever it is."""
        return any(is_coined(word) for word in self.core)

    @property
    def numbered(self) -> bool:
        """'школа № 5': its place says which, in the name or beside it."""
        return any(word.isdigit() for word in self.core)

    @cached_property
    def key(self) -> str:
        """'верховный суд@Q30', 'вс@Q30'; a coined name, a well-known one, a number need no place: it is told beside them."""
        alone = self.core in _placeless() and not generic_level(self.core)
        places = () if self.coined or self.quoted or self.numbered or alone else sorted(self.places)
        return " ".join(self.core).replace("-", " ") + "".join(f"@{p}" for p in places)


def body_name(forms: Sequence[str], places: Mapping[int, str]) -> BodyName:
    """The name of these words (nominative where they decline); `places`: number of a word -> the place it names."""
    return _body_name(tuple(forms), tuple(sorted(places.items())))


@lru_cache(maxsize=20_000)
def _body_name(forms: tuple[str, ...], placed: tuple[tuple[int, str], ...]) -> BodyName:
    forms = forms[:forms.index(",", 1)] if "," in forms[1:] else forms     # 'World Health Organization, WHO'
    named = next((i for i, f in enumerate(forms) if f.lower() in ("имени", "им")), len(forms))
    places = {i: key for i, key in placed if i < named}                    # whose name it bears is no place
    whole = _core(" ".join(forms))
    if len(whole) > 1 and whole in _known_names():                         # 'Банк России' is more than a bank of Russia
        known, place = expanded(whole)
        return BodyName(known, places=frozenset([place] if place else ()))
    inside = _quoted(forms)
    if any(inside) and not _says_kind(forms, inside):                      # 'Молодая гвардия „Единой России“'
        inside = [False] * len(forms)
    here = {i: key for i, key in places.items() if not inside[i] and i not in _head(forms, places)}
    kinds = [lemma(f) for f, q, i in zip(forms, inside, range(len(forms)), strict=True) if any(inside) and not q and i not in here]
    core = [f for i, f in enumerate(forms) if (inside[i] or not any(inside)) and i not in here]
    lemmas, said = _without_kinds(core, any(inside))
    bare = tuple(x for x in lemmas if x not in _LEFT_OUT) or tuple(lemmas) or tuple(f.lower() for f in forms)
    known, place = expanded(bare) if len(bare) == 1 else (tuple(w for x in bare for w in _spelled(x, bare)), "")
    known, place = expanded(known) if not place and known in _known_names() else (known, place)
    all_places = frozenset(here.values()) or (frozenset([place]) if place else frozenset())
    short = _short(bare, [f for f in core if lemma(f) in bare])
    kind_words = frozenset(k for k in (*kinds, *said) if k not in legal_forms() and k.isalpha())
    return BodyName(known, kind_words, all_places, any(inside), short)


def _says_kind(forms: Sequence[str], inside: Sequence[bool]) -> bool:
    """Whether the words outside the quotation marks say what the thing is, rather than begin its name."""
    outside = [lemma(f) for f, q in zip(forms, inside, strict=True) if not q and f[0].isalpha()]
    return all(len(x) < 4 for x in outside) or any(x in kind_classes() or x in legal_forms() for x in outside)


def _spelled(word: str, core: tuple[str, ...]) -> tuple[str, ...]:
    """'комитет | Госдумы' spells the abbreviation out; 'Верховная рада' is spelled out."""
    full, _ = expanded((word,))
    return (word,) if set(full) & set(core) else full


def _short(core: tuple[str, ...], forms: Sequence[str]) -> str:
    """The abbreviation a name is: 'ДВМС', 'МИДа' -> 'мид', 'Минздрав', 'ГКБ № 1' -> 'гкб 1'; '' for a name that is spelled out."""
    letters = [f for f in forms if f[:1].isalpha()]
    if len(letters) != 1 or not core:
        return ""
    capital = _ABBREVIATION.match(letters[0]) is not None and len(letters[0]) < 9
    return " ".join(core) if capital or core in _known_names() else ""


def _quoted(forms: Sequence[str]) -> list[bool]:
    """[word] whether it stands in quotation marks."""
    out, depth = [], 0
    for form in forms:
        if form in ("«", "“", "„", '"') and not (form == '"' and depth):
            depth += 1
        elif form in ("»", "”", '"'):
            depth = max(0, depth - 1)
        out.append(depth > 0)
    return out if any(q and f.isalnum() for q, f in zip(out, forms, strict=True)) else [False] * len(forms)


def _head(forms: Sequence[str], places: Mapping[int, str]) -> set[int]:
    """A name that is nothing but places keeps them: 'Россия', 'Северная Корея'."""
    named = {i for i, f in enumerate(forms) if any(c.isalnum() for c in f) and lemma(f) not in _LEFT_OUT}
    return set(places) if named <= set(places) else set()


def _without_kinds(forms: Sequence[str], quoted: bool) -> tuple[list[str], list[str]]:
    """Lemmas without legal forms, and the kind before a name of its own: 'агентство | Рейтер', 'партия | Единая Россия'."""
    pieces = [p for form in forms for p in _PIECE.findall(form)]
    lemmas = _unhonoured([lemma(p) for p in pieces])
    start = 0
    while start < len(lemmas) - 1:
        names = any(len(p) > 2 and p[0].isalpha() for p in pieces[start + 1:])           # 'Спутник V' is no V
        if lemmas[start] not in legal_forms() and (quoted or not names or not _is_kind(lemmas[start], pieces[start + 1])):
            break
        start += 1
    rest = lemmas[start + 1:]
    if rest and lemmas[start] in _HONOURS and pieces[start + 1][0].isupper() and not _is_common(rest):
        start += 1
    return lemmas[start:], [x for x in lemmas[:start] if x not in legal_forms() and x not in _HONOURS]


def _is_common(rest: list[str]) -> bool:
    """Whether nothing but a word for many bodies would be left: 'федеральное | Собрание', 'национальный | Банк'."""
    return len(rest) == 1 and (rest[0] in kind_classes() or rest[0] in _heads())


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    """The nouns that generic names begin with."""
    return frozenset(head_of(core) for core in _generic())


def _unhonoured(lemmas: list[str]) -> list[str]:
    """'московский государственный университет | имени М. В. Ломоносова': whose name a body bears is told when it is told at all."""
    cut = next((i for i, x in enumerate(lemmas) if x in ("имя", "им")), len(lemmas))
    return lemmas[:cut] if cut > 1 or (cut == 1 and len(lemmas) > 1 and tuple(lemmas[:1]) in _abbreviations()) else lemmas


def _is_kind(word: str, following: str) -> bool:
    return word in kind_classes() and (following[0].isupper() or (not following.isascii() and following.isupper()))


@lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    """Dictionary form of a nominative, folded; words no dictionary knows stay as they are."""
    folded = _SPELLED.get(word.lower(), word.lower()).translate(_FOLDED)
    if not re.fullmatch(r"[а-я-]+", folded) or _ABBREVIATION.fullmatch(word):
        return folded
    parse = parses(folded)[0]
    return parse.normal_form.replace("ё", "е") if parse.is_known and parse.tag.POS in ("NOUN", "ADJF", "PRTF") else folded


@lru_cache(maxsize=30_000)
def is_unique(core: tuple[str, ...]) -> bool:
    """Whether one thing alone has the name, wherever it is told of: a coined one, or a well-known one that no country repeats."""
    return any(map(is_coined, core)) or (core in _placeless() and not generic_level(core))


def sort_of(kind: str, names: Iterable[BodyName]) -> str:
    """What can be one with what: a street is a place here, a facility there, and a coined name is one thing under any type."""
    return "ORGANIZATION" if any(is_unique(n.core) for n in names) or kind in _ONE_SORT else kind


@lru_cache(maxsize=30_000)
def is_coined(word: str) -> bool:
    """Whether no dictionary has the word: 'ryanair', 'унжалес'; nor is it an abbreviation or a number."""
    if word.isascii():
        return len(word) > 3 and word.isalpha()
    return len(word) > 4 and not any(p.is_known for p in parses(word))


@lru_cache(maxsize=30_000)
def is_word(core: tuple[str, ...]) -> bool:
    """Whether a name is one word of the dictionary or such words and a number: 'Единство', 'школа 5'. Many things have it."""
    spelled = [word for word in core if not word.isdigit()]
    alone = len(core) == 1 or len(spelled) < len(core)
    return alone and core not in _well_known() and all(_is_noun(word) for word in spelled)


@lru_cache(maxsize=30_000)
def is_modifier(word: str) -> bool:
    """'общероссийский', 'народный'."""
    return parses(word)[0].tag.POS in ("ADJF", "PRTF")


def head_of(core: tuple[str, ...]) -> str:
    """The first noun of a name: 'департамент' of a department of culture."""
    return next((word for word in core if not is_modifier(word)), core[0])


def _is_noun(word: str) -> bool:
    return len(word) > 2 and any(p.is_known and p.tag.POS in ("NOUN", "ADJF") for p in parses(word))


@lru_cache(maxsize=1)
def legal_forms() -> frozenset[str]:
    """'ООО', 'ПАО' and the like, folded."""
    return words("legal_forms")


@lru_cache(maxsize=1)
def kind_classes() -> dict[str, str]:
    """Word that says what a thing is -> its class: 'команда' -> 'club', 'роман' -> 'text'."""
    return {row["lemma"]: row["class"] for row in table("name_kinds")}


@lru_cache(maxsize=1)
def _known_names() -> dict[tuple[str, ...], tuple[tuple[str, ...], str]]:
    rows = [(_core(row["name"]), _core(row["full"]), row["place"]) for row in table("organisation_names")]
    spelled = {full: (full, "") for _, full, place in rows if not place and len(full) > 1}
    return spelled | {name: (full, place) for name, full, place in rows}


@lru_cache(maxsize=1)
def _well_known() -> frozenset[tuple[str, ...]]:
    return frozenset(full for full, _ in _known_names().values())


@lru_cache(maxsize=1)
def _placeless() -> frozenset[tuple[str, ...]]:
    """Well-known names that no row of the list ties to one country."""
    tied = {full for full, place in _known_names().values() if place}
    return _well_known() - tied


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[tuple[str, ...]]:
    return frozenset((row["name"],) for row in table("organisation_names"))


@lru_cache(maxsize=1)
def _generic() -> dict[tuple[str, ...], str]:
    return {_core(row["lemma"]): row["level"] for row in table("generic_organisations")}


def _core(name: str) -> tuple[str, ...]:
    lemmas = _unhonoured([lemma(p) for p in _PIECE.findall(name)])
    return tuple(x for x in lemmas if x not in _LEFT_OUT) or tuple(lemmas)


def expanded(core: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """What a well-known name stands for, and the key of the one country that has it ('' for none)."""
    return _known_names().get(core, (core, ""))


def generic_level(core: tuple[str, ...]) -> str:
    """'national' or 'local' for what every country or town has ('верховный суд'), '' for a name of its own."""
    return _generic().get(core, "")


@lru_cache(maxsize=50_000)
def union_of(normal: str) -> str | None:
    """Key of the union or country that a name is though it is taken for an organisation: 'ЕС', 'Российская Федерация'."""
    kinds = ("union", "country") if " " in normal else ("union",)
    rows = [row for row, use in look_up(normal, normal, adjective=False).places if gazetteer().kinds[row] in kinds and use < 2]
    return gazetteer().keys[rows[0]] if rows else None


def initials(forms: Iterable[str]) -> str:
    """'Центр стратегических разработок' -> 'цср'; small words count for nothing."""
    return "".join(f[0] for f in forms if f[0].isalpha() and len(f) > 2).lower()


def is_country(key: str) -> bool:
    """Whether a key of the gazetteer is a country's or the like."""
    return gazetteer().kinds[gazetteer().number(key)] in _GREAT


@lru_cache(maxsize=50_000)
def place_word(form: str, *, adjective: bool) -> str | None:
    """Key of the country, region or city that a word of a name usually means; None where it means none for certain."""
    if adjective:
        return gazetteer().adjective(lemma(form))
    rows = [row for row, use in look_up(form, form, adjective=False).places if use == 0]
    great = [row for row in rows if gazetteer().kinds[row] in _GREAT or gazetteer().populations[row] >= 500_000]
    return gazetteer().keys[great[0]] if len(great) == 1 else None
