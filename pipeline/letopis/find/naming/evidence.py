"""What a document tells of who or what its entity is, as strings that other documents' evidence can be compared with.

Contract. `names` are the fullest names by which it goes (people: 'surname|given|middle|mark'; others: lemmas and the places in
the name), `blocks` the keys two entities must share to be looked at together: an entity without a block is its document's own.
Nothing is decided here.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from letopis.find.gazetteer import gazetteer
from letopis.find.lexicons import words
from letopis.find.naming.attached import attached_to, classes
from letopis.find.naming.bodies import BodyName, generic_level, is_unique, sort_of
from letopis.find.naming.people import PersonName, feminine, gender_of, looks_like_surname, masculine, person_name, skeleton
from letopis.find.naming.posts import Post, posts_of
from letopis.find.naming.same_bodies import described_place
from letopis.find.naming.same_people import is_family
from letopis.find.naming.scene import Scene, name_of
from letopis.find.naming.sounds import sound
from letopis.text.dictionary import is_known

_HOME = "Q159"
_SHARE = 0.6                          # of the places of a document that lie in its main country


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence of one entity of one document; all lists are sorted."""

    sort: str                         # PERSON, ORGANIZATION, PLACE, PRODUCT ...
    names: tuple[str, ...] = ()
    short: tuple[str, ...] = ()       # abbreviations, and the sounds of coined names ('~рнр')
    blocks: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()       # 'role|body|places'
    seats: tuple[str, ...] = ()       # places it stands attached to
    kinds: tuple[str, ...] = ()

    @property
    def weak(self) -> bool:
        """Whether a person with the same evidence may well be another: a surname alone, a common name without a post."""
        names = [parsed(n) for n in self.names] if self.sort == "PERSON" else []
        full = any(n.full and (self.posts or masculine(n.surname) not in words("common_surnames")) for n in names)
        return self.sort == "PERSON" and not full

    @property
    def near(self) -> str | None:
        """The key by which it is company to others in its document; None for what many have."""
        names = [n for n in self.names if self.sort != "PERSON" or parsed(n).full]
        return f"{self.sort} {names[0]}" if names and self.blocks else None


def evidence_of(scene: Scene, mentions: Sequence[int], country: str | None) -> Evidence:
    """The evidence of the mentions of one entity; `country`: the one its document is mainly about."""
    types = Counter(scene.mentions[i].type for i in mentions)
    kind = types.most_common(1)[0][0]
    if kind == "PERSON":
        return _person(scene, mentions, country)
    return _body(scene, mentions, kind, country)


def main_country(scene: Scene, group: Iterable[int]) -> str | None:
    """Key of the country that most places of a document lie in; None where no country has most, Russia where no place is named."""
    codes = Counter(code for i in group if (key := scene.places[i]) and (code := _code(key)))
    if not codes:
        return _HOME
    code, count = sorted(codes.items(), key=lambda c: (-c[1], c[0]))[0]
    return _countries().get(code) if count >= _SHARE * codes.total() else None


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """ISO code -> key of the country or territory."""
    known = gazetteer()
    rows = [row for kind in ("territory", "country") for row, k in enumerate(known.kinds) if k == kind]
    return {code: known.keys[row] for row in rows if (code := known.countries[row]) is not None}


def _code(key: str) -> str | None:
    return gazetteer().countries[gazetteer().number(key)]


def packed(name: PersonName) -> str:
    """'черемин|сергей|евгеньевич|'."""
    return "|".join((name.surname, name.given, " ".join(name.middle), name.mark))


def parsed(name: str) -> PersonName:
    """The way back from `packed`."""
    surname, given, middle, mark = name.split("|")
    return PersonName(surname, given, tuple(middle.split()), mark)


def _person(scene: Scene, mentions: Sequence[int], country: str | None) -> Evidence:
    names = _fullest([person_name(scene.mentions[i].normal) for i in mentions])
    said = (p for i in mentions for p in posts_of(scene, i))
    posts = sorted({f"{p.role}|{p.body}|{','.join(p.places or _of_country(p, country))}" for p in said})
    families = all(is_family(scene, i) for i in mentions)
    told = [n for n in names if len(n.surname or n.given) > 1 and not families]          # 'Б.' is nobody's name
    blocks = sorted({f"PERSON {skeleton(masculine(n.surname)) or n.surname}" if n.surname else f"PERSON {n.given}" for n in told})
    return Evidence("PERSON", tuple(sorted(map(packed, names))), (), tuple(blocks), tuple(posts))


def _of_country(post: Post, country: str | None) -> tuple[str, ...]:
    """'премьер', 'министр обороны' without a place is the one of the country the article is about."""
    core = tuple(post.body.split())
    return (country,) if country and generic_level(core) == "national" else ()


def _fullest(names: Sequence[PersonName]) -> list[PersonName]:
    """One name a surname, the one that says most; surnames beside a full name get its given name ('Терентьева (Непряева)')."""
    full = [n for n in names if n.full]
    if not full:
        return [max(names, key=lambda n: (len(n.given) > 1 and len(n.middle), len(n.given), len(n.middle), n))]
    best: dict[str, PersonName] = {}
    for name in full:
        old = best.get(masculine(name.surname))
        if old is None or _says(name) > _says(old):
            best[masculine(name.surname)] = name
    main = max(best.values(), key=lambda n: (sum(f == n for f in full), n))
    known = {w for n in full for w in (n.given, *n.middle, masculine(n.surname), n.surname)}
    for name in names:
        word = name.surname or name.given
        if not name.full and not (name.surname and name.given) and not {word, masculine(word)} & known:
            best.setdefault(masculine(word), _other_name(name, main))
    return list(best.values())


def _other_name(name: PersonName, main: PersonName) -> PersonName:
    """A birth name gets the given name and the ending of the person it is told of; a nickname or a monk's name stays."""
    if not looks_like_surname(name.surname) or name.surname.isascii() != main.surname.isascii():
        return name
    return PersonName(feminine(name.surname) if gender_of(main) == "femn" else name.surname, main.given)


def _says(name: PersonName) -> tuple[int, int, int]:
    return len(name.mark), sum(map(len, name.middle)), len(name.given)


def _body(scene: Scene, mentions: Sequence[int], kind: str, country: str | None) -> Evidence:
    near = {i: attached_to(scene, i) for i in mentions}
    names = [described_place(scene, name_of(scene, i), near[i]) for i in mentions]
    spelled = list(dict.fromkeys(n for n in names if not n.short)) or names
    sort = sort_of(kind, names)
    keys = sorted({key for n in spelled if (key := _key(n, sort, country)) and not _within(n, spelled)})
    if sort == "ORGANIZATION" and not any(_is_named(scene, i) for i in mentions):
        keys = [key for key in keys if "@" in key or is_unique(tuple(key.split()))]
    sounds = {f"~{s}" for n in spelled if n.coined and (s := sound(" ".join(n.core)))}
    short = sorted({n.short for n in names if n.short} | sounds)
    blocks = sorted({f"{sort} {key}" for key in (*keys, *short)}) if keys else []
    seats = sorted({s for i, a in near.items() for s in a.seats} | {p for n in names for p in n.places})
    kinds = sorted({k for a in near.values() for k in a.kinds} | classes(k for n in names for k in n.kinds))
    return Evidence(sort, tuple(keys), tuple(short), tuple(blocks), (), tuple(seats), tuple(kinds))


def _is_named(scene: Scene, mention: int) -> bool:
    """Whether it has the look of a name: a capital or a sign inside; 'городская милиция', 'столица' only describe."""
    first, last = scene.words[mention]
    begins = first == int(scene.text.words.first[scene.text.words.sentence[first]])
    forms = scene.text.words.form[first + begins:last]
    if any(not (form.isalpha() and form.islower()) and form != "-" for form in forms):
        return True
    alone = last - first == 1 and not generic_level(name_of(scene, mention).core)
    return begins and (alone or _is_odd(scene.text.words.form[first]))


def _is_odd(form: str) -> bool:
    """Whether the first word of a sentence is more than a word with a capital: 'МЧС', '«', a word of no dictionary."""
    return not form[:1].isalpha() or not form[1:].islower() or not is_known(form.lower())


def _key(name: BodyName, sort: str, country: str | None) -> str | None:
    """The name, of the document's main country where every country has such a body or law; None for what tells nothing."""
    level = "national" if sort == "LAW" else generic_level(name.core)
    if not level or name.places:
        return name.key
    return f"{name.key}@{country}" if level == "national" and country else None


def _within(name: BodyName, others: Sequence[BodyName]) -> bool:
    """Whether a fuller name of the same entity says all that this one does: 'Народный фронт', 'Департамент'."""
    return any(name.places <= o.places and set(name.core) <= set(o.core) and name.key != o.key for o in others)
