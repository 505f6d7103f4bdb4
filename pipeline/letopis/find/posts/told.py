"""Posts that a verb gives: 'избран главой комитета', 'занимал пост министра', 'ушёл с поста мэра', 'возглавил «Зенит»'.

Contract. What is only wished, denied, possible or asked gives no claim. Status is the verb's: 'был' former, 'стал' current,
'станет' future; a post is former once it is left, current while it is only going to be (data/lexicons/position_verbs.tsv).
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from letopis.find.clauses import dependents, feature, preposition
from letopis.find.lexicons import table
from letopis.find.posts.claims import Claim
from letopis.find.posts.phrase import Post, post_at
from letopis.find.posts.view import SPEECH, View, case_of, kind_at, kind_of_lemma, same_case, sentence_of

_SEATS = frozenset({"пост", "должность", "кресло"})
_PERFORMING = frozenset({"исполнять", "исполняющий"})
_WISHES = frozenset({"чтобы", "если", "Если", "бы", "б", "ли"})
_FORMER_ADVERBS = frozenset({"ранее", "прежде", "раньше", "некогда", "когда-то"})
_HEADS = {"возглавить": "глава", "возглавлять": "глава", "руководить": "руководитель"}


def told(view: View, antecedents: Mapping[int, int]) -> Iterator[Claim]:
    """All claims of verbs; `antecedents` are the people pronouns stand for, by word."""
    for head, pos in enumerate(view.text.syntax.pos):
        if pos not in SPEECH:
            continue
        verb = _HEADS.get(view.text.syntax.lemma[head].lower()) if pos == "VERB" else None
        if verb is not None:
            yield from _headed(view, head, verb, antecedents)
        elif kind_at(view, head) in ("post", "calling"):
            yield from _given(view, head, antecedents)


# --- a post in the instrumental, or after 'пост' -------------------------------------------------------------------------

def _given(view: View, head: int, antecedents: Mapping[int, int]) -> Iterator[Claim]:
    first = _of_first(view, head)
    duty = _duty(view, first)
    found = _seat(view, head) or _predicate(view, first if duty is None else duty)
    if duty is not None and found is None:
        found = duty, "кем"
    if found is None:
        return
    verb, frame = found
    post = post_at(view, head)
    for person, status in _told_of(view, verb, frame, antecedents) or _appointed(view, verb, frame, post):
        said = "acting" if duty is not None else post.status
        yield Claim(person, post, status if said == "current" else said, "told")


def _duty(view: View, head: int) -> int | None:
    """The word that makes a genitive an acting post: 'назначен | исполняющим | обязанности главы', 'врио | главы'."""
    text = view.text
    up = int(text.syntax.head[head])
    if up < 0 or case_of(view, head) != "Gen":
        return None
    if kind_of_lemma(text.syntax.lemma[up].lower()) == "acting":
        return up
    above = int(text.syntax.head[up])
    duty = text.syntax.lemma[up].lower() == "обязанность" and above >= 0 and text.syntax.lemma[above].lower() in _PERFORMING
    return above if duty else None


def _appointed(view: View, verb: int, frame: str, post: Post) -> list[tuple[int, str]]:
    """'назначила министром | 44-летнего Осина', 'занимающая пост министра | Анна Осина': however the name is parsed."""
    text = view.text
    entry = _verbs().get((text.syntax.lemma[verb].lower(), frame))
    if entry is None or _is_unreal(view, verb, verb) or feature(text, verb, "Voice") != "Act":
        return []
    end = sentence_of(view, verb)[1]
    at = next((w for w in range(post.end, min(post.end + 3, end)) if w in view.person_at), None)
    if at is None or any(text.syntax.pos[w] != "ADJ" and kind_at(view, w) != "never" for w in range(post.end, at)):
        return []
    participle = feature(text, verb, "VerbForm") == "Part" and entry["holder"] == "subject" and same_case(view, verb, at)
    appointed = entry["holder"] == "object" and case_of(view, at) in ("Acc", "Gen")
    return [(view.person_at[at], _status(view, verb, verb, entry))] if participle or appointed else []


def _of_first(view: View, head: int) -> int:
    """The first of posts that are joined: 'министром и | вице-премьером'; 'одним из | лидеров' is the one."""
    for _ in range(4):
        up = int(view.text.syntax.head[head])
        joined = up >= 0 and view.text.syntax.deprel[head] == "conj" and bool(kind_at(view, up))
        one_of = up >= 0 and view.text.syntax.lemma[up].lower() == "один" and case_of(view, head) == "Gen"
        if not (joined or one_of):
            break
        head = up
    return head


def _seat(view: View, head: int) -> tuple[int, str] | None:
    """(verb or noun, frame) of 'занимал пост | министра', 'с поста | министра', 'в качестве | министра'."""
    head = _of_first(view, head)
    seat = int(view.text.syntax.head[head])
    if seat >= 0 and _as(view, head):
        return seat, "кем"
    if seat < 0 or case_of(view, head) != "Gen" or seat > head:
        return None
    verb = int(view.text.syntax.head[seat])
    if view.text.syntax.lemma[seat].lower() not in _SEATS or verb < 0:
        return None
    before = preposition(view.text, seat)
    if before in ("на", "в"):
        return verb, "на пост" if case_of(view, seat) == "Acc" else "на посту"
    return verb, {"": "пост", "с": "с поста", "со": "с поста", "от": "с поста"}.get(before, "")


def _as(view: View, head: int) -> bool:
    """'в качестве | министра'."""
    near = (view.text.words.form[w].lower() for w in range(max(0, head - 4), head))
    return "качестве" in near and preposition(view.text, head) == "в"


def _predicate(view: View, head: int) -> tuple[int, str] | None:
    """(verb, 'кем'): an instrumental that a verb or a copula takes."""
    text = view.text
    acting = kind_of_lemma(text.syntax.lemma[head].lower()) == "acting"
    if not (acting or case_of(view, head) == "Ins") or preposition(text, head):
        return None
    copula = next(dependents(text, head, "cop"), None)
    if copula is not None:
        return head, "кем"
    verb = int(text.syntax.head[head])
    return (verb, "кем") if verb >= 0 and text.syntax.deprel[head] in ("xcomp", "obl", "iobj", "nmod", "obj") else None


def _told_of(view: View, verb: int, frame: str, antecedents: Mapping[int, int]) -> list[tuple[int, str]]:
    """(person, status) of a verb in a frame."""
    copula = next(dependents(view.text, verb, "cop"), None)
    word = verb if copula is None else copula
    entry = _verbs().get((view.text.syntax.lemma[word].lower(), frame))
    if entry is None or _is_unreal(view, verb, word):
        return []
    status = _status(view, verb, word, entry)
    found = [(person, status) for person in _people(view, verb, word, entry["holder"], antecedents)]
    if entry["other"]:
        found += [(person, entry["other"]) for person in _people(view, verb, word, "object", antecedents)]
    return found


def _status(view: View, verb: int, word: int, entry: Mapping[str, str]) -> str:
    """By tense; 'ранее занимал' is former whatever the verb."""
    text = view.text
    future = feature(text, word, "Tense") == "Fut" or any(
        text.syntax.lemma[c] == "быть" and feature(text, c, "Tense") == "Fut" for c in text.children[verb]
    )
    if future:
        return entry["future"]
    past = feature(text, word, "Tense") == "Past" or text.syntax.pos[word] == "NOUN" or feature(text, word, "VerbForm") == "Inf"
    status = entry["past"] if past else entry["present"]
    once = any(text.syntax.lemma[c].lower() in _FORMER_ADVERBS for c in text.children[verb])
    return "former" if once and past and entry["aspect"] == "state" else status


def _is_unreal(view: View, verb: int, word: int) -> bool:
    """Denied, wished, conditional; an infinitive, but for 'решение | покинуть пост'."""
    text = view.text
    near = {text.words.form[c] for v in {verb, word} for c in text.children[v]}
    if near & {"не", "Не"} or near & _WISHES:
        return True
    if feature(text, word, "VerbForm") != "Inf":
        return False
    future = any(feature(text, c, "Tense") == "Fut" for c in text.children[verb])
    governor = int(text.syntax.head[verb])
    decision = governor >= 0 and text.syntax.lemma[governor].lower() in ("решение",)
    return not (future or decision)


# --- who -----------------------------------------------------------------------------------------------------------------

def _people(view: View, verb: int, word: int, holder: str, antecedents: Mapping[int, int]) -> list[int]:
    """The people a verb speaks of, as subject or as object; of a noun ('отставка | Осина') its genitive."""
    text = view.text
    if text.syntax.pos[word] == "NOUN":
        return _named(view, (c for c in dependents(text, word, "nmod") if case_of(view, c) in ("Gen", "")), antecedents)
    if feature(text, word, "VerbForm") == "Inf" and holder == "subject":
        governor = int(text.syntax.head[verb])
        if governor >= 0 and text.syntax.pos[governor] == "NOUN":
            return _named(view, dependents(text, governor, "nmod"), antecedents)
    passive = feature(text, word, "Voice") == "Pass"
    if feature(text, word, "VerbForm") == "Part" and feature(text, word, "Variant") != "Short":
        fitting = (holder == "object") == passive
        return _named(view, (int(text.syntax.head[verb]),), antecedents) if fitting else []
    relations = ("nsubj",) if holder == "subject" or passive else ("obj",)
    found = _first_named(view, dependents(text, verb, *relations), antecedents)
    if found or (holder == "object" and not passive):
        return found
    return _shared_subject(view, verb, antecedents) or _beside_verb(view, word)


def _shared_subject(view: View, verb: int, antecedents: Mapping[int, int]) -> list[int]:
    """'Осин окончил институт и | был директором': the subject of the verb it is joined to."""
    text = view.text
    for _ in range(3):
        up = int(text.syntax.head[verb])
        if up < 0 or text.syntax.deprel[verb] != "conj" or any(True for _ in dependents(text, verb, "nsubj")):
            return []
        found = _named(view, dependents(text, up, "nsubj"), antecedents)
        if found:
            return found
        verb = up
    return []


def _beside_verb(view: View, verb: int) -> list[int]:
    """'Осин до недавнего времени | являлся': a name before a verb in its clause, however it is parsed."""
    text = view.text
    for word in range(verb - 1, sentence_of(view, verb)[0] - 1, -1):
        if word in view.person_at:
            person = view.person_at[word]
            first = view.words[person][0]
            return [] if first > 0 and text.syntax.pos[first - 1] in ("ADP", "NOUN") else [person]
        if text.syntax.pos[word] in ("PUNCT", "VERB", "AUX", "SCONJ", "CCONJ", "PRON"):
            break
    return []


def _first_named(view: View, words: Iterator[int], antecedents: Mapping[int, int]) -> list[int]:
    """The names at the first of some words that has any: a verb has one subject."""
    return next((found for word in words if (found := _named(view, (word,), antecedents))), [])


def _named(view: View, words: Iterator[int] | tuple[int, ...], antecedents: Mapping[int, int]) -> list[int]:
    """The names at some words: themselves, in apposition, joined, or what a pronoun stands for."""
    found: dict[int, None] = {}
    for word in words:
        if word < 0:
            continue
        person = _name_at(view, word, antecedents)
        if person is not None:
            found[person] = None
        joined = (c for c in dependents(view.text, word, "conj") if c in view.person_at or kind_at(view, c))
        found.update((p, None) for c in joined if (p := _name_at(view, c, antecedents)) is not None)
    return list(found)


def _name_at(view: View, word: int, antecedents: Mapping[int, int]) -> int | None:
    if word in view.person_at:
        return view.person_at[word]
    if word in antecedents:
        return antecedents[word]
    if kind_at(view, word):
        near = (c for c in dependents(view.text, word, "appos", "flat", "nmod") if c in view.person_at)
        return next((view.person_at[c] for c in near if case_of(view, c) in (case_of(view, word), "")), None)
    return None


# --- who heads a body ----------------------------------------------------------------------------------------------------

def _headed(view: View, verb: int, name: str, antecedents: Mapping[int, int]) -> Iterator[Claim]:
    """'Осин | возглавил | «Рассвет»', 'комитет | возглавляет | Осин'."""
    text = view.text
    if _is_unreal(view, verb, verb) or feature(text, verb, "VerbForm") in ("Inf", "Conv"):
        return
    wanted = "Ins" if name == "руководитель" else "Acc"
    body = next((b for c in text.children[verb] if (b := _body_at(view, c, wanted)) is not None), None)
    if body is None:
        return
    passive = feature(text, verb, "Voice") == "Pass"
    if passive:
        return
    if feature(text, verb, "VerbForm") == "Part":
        people = _named(view, (int(text.syntax.head[verb]),), antecedents)
    else:
        people = _first_named(view, dependents(text, verb, "nsubj", "obj"), antecedents) or _shared_subject(view, verb, antecedents)
    entry = {"aspect": "state", "past": "current" if feature(text, verb, "Aspect") == "Perf" else "former", "present": "current",
             "future": "future"}
    status = _status(view, verb, verb, entry)
    for person in people:
        organisation = None if body < 0 else body
        yield Claim(person, Post(verb, "post", ((verb, verb + 1),), organisation, status, verb, verb + 1), status, "headed", name)


def _body_at(view: View, word: int, case: str) -> int | None:
    """The owner at a word that a verb governs, -1 for a noun like 'ведомство'; None for anything else."""
    text = view.text
    if text.syntax.deprel[word].split(":")[0] not in ("obj", "obl", "nsubj", "iobj") or word in view.person_at:
        return None
    if preposition(text, word):
        return None
    owner = next((i for i in _owners_over(view, word)), None)
    if owner is not None:
        return owner
    named = next((view.owner_from[c] for c in sorted(text.children[word]) if c in view.owner_from and c > word), None)
    body = kind_of_lemma(text.syntax.lemma[word].lower()) == "body" and case_of(view, word) in (case, "Nom")
    return (-1 if named is None else named) if body else None


def _owners_over(view: View, word: int) -> Iterator[int]:
    """Owners that hold a word, the longest first."""
    for first in range(sentence_of(view, word)[0], word + 1):
        owner = view.owner_from.get(first)
        if owner is not None and view.words[owner][1] > word and view.mentions[owner].form != "adjective":
            yield owner


@lru_cache(maxsize=1)
def _verbs() -> Mapping[tuple[str, str], Mapping[str, str]]:
    return {(row["lemma"], row["frame"]): row for row in table("position_verbs")}
