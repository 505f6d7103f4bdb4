"""Which mentions of a document name one person.

Contract. Full names that agree are one; a short name (surname, given name, initials) goes to the person of the document it can
stand for: the only one, else the only one of its gender, else the one named last before it. Surnames alone that agree are one.
"""

import re
from collections.abc import Iterable, Sequence

from letopis.find.clauses import feature
from letopis.find.naming.people import PersonName, agree, gender_of, masculine, person_name, similar
from letopis.find.naming.scene import Scene

KIN = frozenset({"супруг", "супруга", "муж", "жена", "сын", "дочь", "брат", "сестра", "отец", "мать"})
_GENDERS = {"Masc": "masc", "Fem": "femn"}
_FAMILY = re.compile(r"(?:[оеё]в|[иы]н)(?:ы|ых|ым|ыми)$|[сц]ки(?:е|х|м|ми)$")
_FEMININE, _MASCULINE = re.compile(r"(?:[оеё]в|[иы]н)а$|[сц]кая$"), re.compile(r"(?:[оеё]в|[иы]н)$|[сц]кий$")


def same_people(scene: Scene, people: Sequence[int], joined: Iterable[tuple[int, int]]) -> dict[int, int]:
    """[mention] the first mention of the person it names; `joined`: pairs that a statement makes one."""
    names = {i: person_name(scene.mentions[i].normal) for i in people}
    groups = _full(names)
    root = {i: i for i in people} | {i: group[0] for group in groups for i in group}
    _join(root, joined)
    shorts = [i for i in people if not names[i].full and not is_family(scene, i)]
    for i in shorts:
        if root[i] == i:
            root[i] = _holder(scene, names, root, i)
    first: dict[int, int] = {}
    for i in sorted(people):
        first.setdefault(_end(root, i), i)
    return {i: first[_end(root, i)] for i in people}


def _full(names: dict[int, PersonName]) -> list[list[int]]:
    """Full names, those that agree together; spellings that are only alike join where nobody agrees exactly."""
    groups: list[tuple[list[int], dict[PersonName, None]]] = []          # a name that is repeated is compared once
    for i, name in names.items():
        if name.full:
            fitting = (g for alike in (False, True) for g in groups if all(agree(other, name, alike=alike) for other in g[1]))
            group = next(fitting, None)
            if group is None:
                groups.append(([i], {name: None}))
            else:
                group[0].append(i)
                group[1][name] = None
    return [members for members, _ in groups]


def _join(root: dict[int, int], pairs: Iterable[tuple[int, int]]) -> None:
    for a, b in pairs:
        if a in root and b in root:
            first, second = _end(root, a), _end(root, b)
            for i, r in root.items():
                if r == second:
                    root[i] = first


def _end(root: dict[int, int], i: int) -> int:
    while root[i] != i:
        i = root[i]
    return i


def _holder(scene: Scene, names: dict[int, PersonName], root: dict[int, int], i: int) -> int:
    """Whom a short name stands for; itself where that is nobody."""
    full = [j for j in names if (names[j].full or _end(root, j) != j) and not is_family(scene, j)]
    fitting = [j for alike in (False, True) for j in full if j != i and stands_for(names[i], names[j], alike=alike)]
    exact = [j for j in fitting if stands_for(names[i], names[j])]
    chosen = _chosen(scene, names, root, i, exact or fitting)
    if chosen is not None:
        return chosen
    before = (j for j in names if j < i and not names[j].full and _alike_alone(scene, names, i, j) and not is_family(scene, j))
    return next((_end(root, j) for j in before), i)


def _chosen(scene: Scene, names: dict[int, PersonName], root: dict[int, int], i: int, fitting: list[int]) -> int | None:
    """The only holder, the only one of the mention's gender, or the last named before."""
    fitting = [j for j in fitting if not _is_kin(scene, i, j)]
    holders = {_end(root, j) for j in fitting}
    if len(holders) > 1:
        gender = gender_here(scene, i)
        kept = {_end(root, j) for j in fitting if gender in (gender_of(names[j]), "")}
        fitting = [j for j in fitting if _end(root, j) in (kept or holders)]
        holders = kept or holders
    if len(holders) == 1:
        return holders.pop()
    before = [j for j in fitting if j < i]
    return _end(root, before[-1]) if before else None


def _is_kin(scene: Scene, short: int, holder: int) -> bool:
    """'президент Трамп и его супруга Мелания Трамп': the surname before kin in a sentence is somebody else's."""
    same = scene.mentions[short].span.sentence == scene.mentions[holder].span.sentence and short < holder
    return same and any(scene.text.syntax.lemma[w].lower() in KIN for w in range(scene.words[short][1], scene.words[holder][0]))


def stands_for(short: PersonName, full: PersonName, *, alike: bool = False) -> bool:
    """Whether a short name can be that of the bearer of a fuller one: by surname, initials, or given name alone."""
    if short.given and short.surname:
        return agree(short, full, alike=alike) and bool(full.surname)
    if short.given and short.middle:
        return short.given == full.given and agree(short, full)
    word = short.surname or short.given
    if word in (full.surname, full.given) or (len(word) > 3 and word in full.middle) or word == f"{full.given}-{full.surname}":
        return agree(PersonName("", "", (), short.mark), full) or short.mark == full.mark
    if masculine(word) == masculine(full.surname) and word and full.surname:
        return True
    return alike and (similar(word, full.surname) or similar(word, full.given))


def is_family(scene: Scene, mention: int) -> bool:
    """'братья Ямадаевы', 'Остряковых': several people of one surname, nobody in particular."""
    word = scene.words[mention][1] - 1
    plural = feature(scene.text, word, "Number") == "Plur"
    return plural and bool(_FAMILY.search(scene.text.words.form[word].lower()))


def _alike_alone(scene: Scene, names: dict[int, PersonName], i: int, j: int) -> bool:
    """Two short names of one surname; husband and wife are told apart by endings."""
    a, b = names[i], names[j]
    if (a.surname, a.given) == ("", "") or a.mark != b.mark:
        return False
    same = a.surname == b.surname and (a.surname or a.given == b.given)
    return bool(same) and agree(a, b)


def gender_here(scene: Scene, mention: int) -> str:
    """'masc' or 'femn' as the verb of the mention says, else the ending of its last word, else ''."""
    text = scene.text
    word = scene.words[mention][0]
    verb = int(text.syntax.head[word])
    if text.syntax.deprel[word] == "nsubj" and verb >= 0:
        said = _GENDERS.get(feature(text, verb, "Gender"), "")
        if said:
            return said
    last = scene.words[mention][1] - 1
    if feature(text, last, "Case") == "Nom":
        form = text.words.form[last].lower()
        return "femn" if _FEMININE.search(form) else "masc" if _MASCULINE.search(form) else ""
    return _GENDERS.get(feature(text, last, "Gender"), "")
