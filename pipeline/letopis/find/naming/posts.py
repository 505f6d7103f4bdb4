"""What a text calls a person beside the name: 'министр обороны России Сергей Иванов', 'Олег Ветров, директор музея'.

Contract. A call is a role with what it belongs to, in words that other articles share: 'глава МИД РФ' and 'министр
иностранных дел России' are one. It is evidence of who is meant, not a row of `positions`. Words are taken from the noun
phrase right before the name and from an apposition right after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from letopis.find.clauses import feature
from letopis.find.lexicons import table, words
from letopis.find.naming.bodies import expanded, generic_level, lemma
from letopis.find.naming.people import is_calling
from letopis.find.naming.scene import OWNERS, Scene, name_of

_STOPS = {"VERB", "SCONJ", "PRON"}
_ENDS = {";", ":", "—", "–", "«", "»", '"'}
_REACH = 18
_BECOMING = {
    "стать", "становиться", "избрать", "избирать", "переизбрать", "назначить", "утвердить", "признать", "остаться", "работать",
    "служить", "являться", "быть", "назвать", "выбрать",
}
_CHANGING = {"стать", "избрать", "назначить"}
_HEADING = {"возглавить", "возглавлять", "руководить"}
_PLACE_WORDS = {"город", "страна", "республика", "государство", "область", "край", "регион"}


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """A call. `body` and `places` may be empty: then they are not said. Without a role it says that the person's post changed."""

    role: str
    body: str                         # lemmas of what it belongs to: 'министерство оборона'
    places: tuple[str, ...]           # keys of the gazetteer, sorted

    @property
    def neutral(self) -> bool:
        """Whether it goes with any other post."""
        return not self.role or (self.role in words("neutral_callings") and not (self.body or self.places))


def posts_of(scene: Scene, mention: int) -> tuple[Post, ...]:
    """The calls beside one mention of a person."""
    first, last = scene.words[mention]
    spans = [*_before(scene, mention, first), *_after(scene, mention, last)]
    told = [(changed, post) for changed, a, b in _told(scene, mention) for post in _read(scene, a, b)]
    change = [Post("", "", ())] if any(changed for changed, _ in told) else []
    read = (post for a, b in spans for post in _read(scene, a, b))
    return tuple(sorted({*read, *(post for _, post in told), *_headed(scene, mention), *change}))


def _before(scene: Scene, mention: int, first: int) -> Iterator[tuple[int, int]]:
    """Words [a, b) of the pieces before a name, cut at commas; a piece further off must begin with a call, too."""
    text = scene.text
    start = max(int(text.words.first[text.words.sentence[first]]), first - _REACH)
    end, depth = first, 0
    for word in range(first - 1, start - 1, -1):
        form = text.words.form[word]
        depth += (form in ("»", ")")) - (form in ("«", "("))
        stop = text.syntax.pos[word] in _STOPS or form in _ENDS - {"«", "»"} or form == ","
        cut = depth <= 0 and (stop or word in scene.person_at)
        if cut or word == start:
            a = word + 1 if cut else word
            if not any(_is_call(scene, w) for w in range(a, end)):
                return
            yield a, end
            if form != "," or not cut:
                return
            end = word


def _after(scene: Scene, mention: int, last: int) -> Iterator[tuple[int, int]]:
    """', директор музея,' and '(«Печора»)' after a name; a call must stand there in the nominative or the name's case."""
    text = scene.text
    end = int(text.words.first[text.words.sentence[last - 1] + 1])
    if last >= end or text.words.form[last] not in (",", "(", "—", "–"):
        return
    stop = last + 1
    while stop < min(end, last + _REACH) and text.words.form[stop] not in (",", ")", ";", ".", "—") and stop not in scene.person_at:
        if text.syntax.pos[stop] in _STOPS:
            return
        stop += 1
    calls = [w for w in range(last + 1, stop) if _is_call(scene, w)]
    cases = {"Nom", feature(text, last - 1, "Case")}
    closed = stop < end and text.words.form[stop] in (",", ")", ".")
    if calls and calls[0] - last < 5 and feature(text, calls[0], "Case") in cases and closed:
        yield last + 1, stop


def _told(scene: Scene, mention: int) -> Iterator[tuple[bool, int, int]]:
    """Whether it is a new post, and words [a, b), of calls that verbs give the only person of a sentence.

    'избран президентом', 'был губернатором', 'вступил в должность мэра'.
    """
    text = scene.text
    start, end = _told_of(scene, mention)
    for word in range(start, end):
        head = int(text.syntax.head[word])
        verbs = [head, *(c for c in text.children[word] if text.syntax.deprel[c] == "cop")]
        given = any(v >= 0 and text.syntax.lemma[v].lower() in _BECOMING for v in verbs) and feature(text, word, "Case") == "Ins"
        if (given and text.syntax.pos[word] != "PRON") or text.syntax.lemma[word].lower() in ("должность", "пост"):
            changed = any(v >= 0 and text.syntax.lemma[v].lower() in _CHANGING for v in verbs)
            yield changed, word, _piece_end(scene, word, end)


def _told_of(scene: Scene, mention: int) -> tuple[int, int]:
    """Words of the sentence of a mention that is its only person, or the subject of its verb; none where others are, too."""
    text = scene.text
    sentence = scene.mentions[mention].span.sentence
    start, end = text.words.first[sentence:sentence + 2].tolist()
    others = {scene.person_at[w] for w in range(start, end) if w in scene.person_at} - {mention}
    subject = text.syntax.deprel[scene.words[mention][0]].startswith("nsubj")
    return (start, end) if not others or (subject and len(others) == 1) else (start, start)


def _headed(scene: Scene, mention: int) -> Iterator[Post]:
    """'Комитет ... возглавил | Леонид Слуцкий': who heads a body by a verb."""
    text = scene.text
    start, end = _told_of(scene, mention)
    for word in range(start, end):
        if text.syntax.lemma[word].lower() in _HEADING:
            order = (*range(word + 1, end), *range(start, word))
            body = next((w for w in order if int(text.syntax.head[w]) == word and w in scene.body_at), None)
            if body is not None:
                name = name_of(scene, scene.body_at[body])
                yield Post("head", " ".join(name.core), tuple(sorted(name.places)))


def _piece_end(scene: Scene, first: int, end: int) -> int:
    for word in range(first + 1, end):
        stop = scene.text.syntax.pos[word] in _STOPS or scene.text.words.form[word] in (",", ";", ".", ")", "—")
        if stop or word in scene.person_at:
            return word
    return end


def _is_call(scene: Scene, word: int) -> bool:
    """A noun for a person: of the word list, or animate in the dictionary; no name."""
    text = scene.text
    if text.syntax.pos[word] not in ("NOUN", "PROPN", "ADJ") or word in scene.person_at or word in scene.place_at:
        return False
    return word not in scene.body_at and _names_people(text.syntax.lemma[word].lower())


@lru_cache(maxsize=50_000)
def _names_people(word: str) -> bool:
    if word in words("professions") or word.replace("ё", "е") in _roles():
        return True
    return is_calling(word)


def _read(scene: Scene, first: int, last: int) -> Iterator[Post]:
    """The calls of one piece: each goes on to the next."""
    calls = [w for w in range(first, last) if _is_call(scene, w) and not _is_complement(scene, w, first)]
    for number, head in enumerate(calls):
        until = calls[number + 1] if number + 1 < len(calls) else last
        yield _post(scene, first if number == 0 else head, head, until)


def _is_complement(scene: Scene, word: int, first: int) -> bool:
    """'заместитель | министра', 'пресс-секретарь | президента': a call in the genitive right after a call."""
    genitive = feature(scene.text, word, "Case") == "Gen"
    return genitive and any(_is_call(scene, w) for w in range(max(first, word - 3), word) if scene.text.syntax.pos[w] != "ADJ")


def _post(scene: Scene, first: int, head: int, last: int) -> Post:
    """The call at `head` with what words [first, last) say of it."""
    role, body = _roles().get(_folded(scene, head), (_folded(scene, head), ""))
    places = {scene.place_at[w] for w in range(first, last) if w in scene.place_at}
    bodies = dict.fromkeys(scene.body_at[w] for w in range(head, last) if w in scene.body_at and not _are_people(scene, w))
    owner, said = "", list(_content(scene, head, last))
    for mention in bodies:
        name = name_of(scene, mention)
        owner, places = owner or " ".join(name.core), places | name.places
    if {lemma(scene.text.syntax.lemma[w]) for w in range(head, last)} & _PLACE_WORDS and not places:
        places = _only_place(scene, head)
    if len(said) == 1 and not owner and generic_level((said[0],)):
        owner = _only_body(scene, head, said[0])
    if not owner:
        core, place = expanded(tuple(([body] if body else []) + ([] if body == "правительство" else said)))
        owner, places = " ".join(core), places | ({place} if place else set())
    return Post(role, owner, tuple(sorted(places)))


def _are_people(scene: Scene, word: int) -> bool:
    """'тренер | лондонцев': whose players they are is not said."""
    return scene.text.words.form[word].islower() and is_calling(scene.text.syntax.lemma[word].lower())


def _only_body(scene: Scene, word: int, said: str) -> str:
    """'директор музея' in an article on one museum: the only body of the document whose name holds the word."""
    document = int(scene.text.readings.document[scene.text.sentences.reading[scene.text.words.sentence[word]]])
    names = {name_of(scene, i).core for i in scene.documents[document] if scene.mentions[i].type in OWNERS}
    fitting = [core for core in names if said in core and len(core) > 1]
    return " ".join(fitting[0]) if len(fitting) == 1 else ""


def _only_place(scene: Scene, word: int) -> set[str]:
    """The town or country a document names first, for 'мэр города', 'президент страны'."""
    document = int(scene.text.readings.document[scene.text.sentences.reading[scene.text.words.sentence[word]]])
    country = scene.text.syntax.lemma[word + 1:word + 2] == ["страна"]
    kind = "COUNTRY" if country else "CITY"
    keys = (scene.places[i] for i in scene.documents[document] if scene.mentions[i].type == kind and scene.places[i])
    first = next(keys, None)
    return {first} if first else set()


def _content(scene: Scene, head: int, last: int) -> Iterator[str]:
    """Lemmas of the nouns and adjectives after a call, up to five; no places, no bodies."""
    found = 0
    for word in range(head + 1, last):
        said = lemma(scene.text.syntax.lemma[word])
        known = word in scene.place_at or word in scene.body_at or said in _PLACE_WORDS
        if scene.text.syntax.pos[word] not in ("NOUN", "ADJ", "PROPN") or known or found > 4:
            continue
        found += 1
        inner = _roles().get(said)
        if inner is None and not is_calling(said):
            yield said
        elif inner is not None and inner[1]:                               # 'заместитель | министра финансов'
            yield inner[1]


def _folded(scene: Scene, word: int) -> str:
    said = scene.text.syntax.lemma[word].lower().replace("ё", "е")
    return said.removeprefix("экс-") if said.removeprefix("экс-") in words("professions") else said


@lru_cache(maxsize=1)
def _roles() -> dict[str, tuple[str, str]]:
    return {row["lemma"].replace("ё", "е"): (row["role"], row["body"]) for row in table("post_roles")}
