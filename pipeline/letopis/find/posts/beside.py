"""Posts that stand beside a name: 'министр, руководитель департамента | Сергей Черёмин', 'Олег Ветров, директор музея,'.

Contract. A post before a name has its case; between two posts before one name stands a comma, 'и' or nothing. A post after it
stands in its case or in the nominative, and ends where the apposition is closed. A plural post has all names joined to the first.
"""

from collections.abc import Iterator
from dataclasses import replace

from letopis.find.clauses import feature
from letopis.find.posts.claims import Claim
from letopis.find.posts.phrase import Post, post_at
from letopis.find.posts.view import View, case_of, kind_at, same_case, sentence_of

_REACH = 30                            # words before a name
_LEFT_OVER = 6                         # words of 'в среду', 'на условиях анонимности' between a post and its name
_JOINTS = frozenset({",", "и", "а", "также", "«", '"', "»", "-", "—"})
_ENDS = frozenset({",", ".", ")", ";", "—", "–", ":", "!", "?", "…", "»", '"'})
_ACTING = frozenset({".", "и", "о", "прошлом", "врио", "врид", "обязанности"})
_OTHERS = frozenset({"его", "ее", "её", "их", "свой", "своя"})          # 'Осин, его заместитель Перов'
_LEADING = frozenset({"ADV", "ADJ", "DET", "ADP", "NUM"})


def before(view: View, person: int, start: int) -> Iterator[Claim]:
    """Posts in the words from `start` to a name, nearest first."""
    name = view.words[person][0]
    start = max(start, sentence_of(view, name)[0], name - _REACH)
    until, shared = name, None
    for head in reversed(_mains(view, start, name)):
        post = post_at(view, head, until)
        if post.start < start or not _reaches(view, post, until, name):
            return
        joined = until != name and view.text.words.form[until - 1] == "и"
        if joined and _are_two(view, head):
            return
        holders = list(_holders(view, person, head))
        if feature(view.text, head, "Number") == "Plur" and len(holders) == 1 and not _is_one_of(view, head):
            return
        if joined and post.organisation is None:
            post = replace(post, organisation=shared)
        yield from (Claim(holder, post, post.status, "before") for holder in holders)
        shared = _place(view, post)
        until = _joint(view, post.start, start)
        if _is_governed(view, head, start):
            return


def _mains(view: View, start: int, name: int) -> list[int]:
    """Heads that the name can stand in apposition to: no complements of other heads."""
    heads = [w for w in range(start, name) if kind_at(view, w)]
    anchor = int(view.text.syntax.head[name])
    return [w for w in heads if _agrees(view, w, name) and not _is_complement(view, w, heads, anchor)]


def _agrees(view: View, head: int, name: int) -> bool:
    """'Представитель | Пугачёвой' is not she; 'врио губернатора | Дюмин' is he."""
    return same_case(view, head, name) or _is_undeclined(view, head, name) or _is_acting(view, head) or _is_one_of(view, head)


def _is_undeclined(view: View, head: int, name: int) -> bool:
    """'лидера движения | Мухаммед Бади': parsed as an apposition, and not the subject of a verb beside it."""
    text = view.text
    parsed = int(text.syntax.head[name]) == head and text.syntax.deprel[name] in ("appos", "flat:name")
    last = view.words[view.person_at[name]][1]
    verb = last < len(text.syntax.pos) and text.syntax.pos[last] in ("VERB", "AUX")
    return parsed and case_of(view, name) == "Nom" and not (verb and case_of(view, head) == "Gen")


def _is_one_of(view: View, head: int) -> bool:
    """'один из | лидеров движения Осин'."""
    start = post_at(view, head, head + 1).start
    return view.text.words.form[start - 1:start] == ["из"] and view.text.syntax.lemma[start - 2:start - 1] == ["один"]


def _is_acting(view: View, head: int) -> bool:
    return post_at(view, head, head + 1).status == "acting"


def _is_complement(view: View, word: int, heads: list[int], anchor: int) -> bool:
    """'заместитель | министра': a genitive after the head it depends on, unless the name depends on it."""
    if case_of(view, word) != "Gen" or anchor == word:
        return False
    governor = int(view.text.syntax.head[word])
    near = any(h in (word - 1, word - 2) for h in heads if h < word) and not _comma_between(view, word)
    return (governor in heads and governor < word and not _is_joined(view, word)) or (near and case_of(view, word) == "Gen")


def _is_joined(view: View, word: int) -> bool:
    return view.text.syntax.deprel[word] in ("conj", "appos")


def _comma_between(view: View, word: int) -> bool:
    return any(view.text.words.form[w] in (",", "и") for w in (word - 1, word - 2))


def _reaches(view: View, post: Post, until: int, name: int) -> bool:
    """Whether nothing but a short phrase and agreeing adjectives stands between a post and what it is beside."""
    rest = [w for w in range(post.end, until) if view.text.words.form[w] not in _JOINTS]
    if any(view.text.syntax.pos[w] in ("VERB", "AUX", "SCONJ", "PRON", "PUNCT") for w in rest if not _is_bracketed(view, w, post)):
        return False
    if until == name and int(view.text.syntax.head[name]) in rest:         # 'пост министра в кабинете | Осина'
        return False
    if until == name and any(view.text.words.form[w] in (",", "и") for w in range(post.end, until)):
        return False
    return len(rest) <= _LEFT_OVER


def _is_bracketed(view: View, word: int, post: Post) -> bool:
    forms = view.text.words.form[post.end:word + 1]
    return "(" in forms and (")" not in forms or view.text.words.form[word] == ")")


def _place(view: View, post: Post) -> int | None:
    """What a post joined by 'и' shares: 'президент и верховный главнокомандующий | России'."""
    owner = post.organisation
    return owner if owner is not None and view.mentions[owner].type != "ORGANIZATION" else None


def _is_governed(view: View, head: int, start: int) -> bool:
    """'слова представителя | премьера Мэй': the name is the inner one's, the outer one is another."""
    governor = int(view.text.syntax.head[head])
    depends = start <= governor < head and not _is_joined(view, head)
    return depends and case_of(view, head) == "Gen" and bool(kind_at(view, governor))


def _joint(view: View, word: int, start: int) -> int:
    """The word after the post before this one: what joins them is left out."""
    while word > start and view.text.words.form[word - 1] in ("также", "а"):
        word -= 1
    return word


def _are_two(view: View, head: int) -> bool:
    """'президент и премьер Иванов | встретились': the first is another, unnamed."""
    verb = int(view.text.syntax.head[head])
    subject = view.text.syntax.deprel[head].startswith("nsubj")
    return subject and verb >= 0 and feature(view.text, verb, "Number") == "Plur" and feature(view.text, head, "Number") == "Sing"


def _holders(view: View, person: int, head: int) -> Iterator[int]:
    """'сопредседатели | Осин и Перов'."""
    yield person
    if feature(view.text, head, "Number") != "Plur":
        return
    last = view.words[person][1]
    end = sentence_of(view, head)[1]
    while last + 1 < end and view.text.words.form[last] in (",", "и") and last + 1 in view.person_at:
        person = view.person_at[last + 1]
        yield person
        last = view.words[person][1]


def after(view: View, person: int) -> Iterator[Claim]:
    """Posts in apposition after a name, in brackets, or behind a dash."""
    first, last = view.words[person]
    end = sentence_of(view, first)[1]
    opening = view.text.words.form[last] if last < end else ""
    if opening not in (",", "(", "—", "–"):
        return
    at = last + 1
    while at < end:
        head = _head_near(view, at, end)
        if head is None or not _fits(view, head, first, opening):
            return
        post = post_at(view, head)
        if not _is_closed(view, post, end, opening):
            return
        yield Claim(person, post, post.status, "after")
        if post.end >= end or view.text.words.form[post.end] not in (",", "и"):
            return
        at = post.end + 1


def _head_near(view: View, at: int, end: int) -> int | None:
    """The first noun for a person among the next words, only modifiers and adverbs before it."""
    for word in range(at, min(at + 7, end)):
        if kind_at(view, word):
            return word
        form = view.text.words.form[word].lower()
        if form in _OTHERS:
            return None
        leading = view.text.syntax.pos[word] in _LEADING or form in _ACTING or form.startswith("исполняющ")
        if not leading and view.text.syntax.deprel[word] != "amod":
            return None
    return None


def _fits(view: View, head: int, name: int, opening: str) -> bool:
    """In brackets and behind a dash the nominative, else the case of the name."""
    case = case_of(view, head)
    if opening in ("—", "–"):
        return case == "Nom" and case_of(view, name) in ("Nom", "")
    return _is_acting(view, head) or same_case(view, head, name) or (opening == "(" and case == "Nom")


def _is_closed(view: View, post: Post, end: int, opening: str) -> bool:
    """The apposition ends here, and the post is not the next name's: 'Осин, | директор завода Перов'."""
    if post.end >= end:
        return True
    form = view.text.words.form[post.end]
    if opening == "(":
        return form in (")", ",", ";", "и", "—", "–", "-")
    if view.text.syntax.pos[post.end] == "ADP":
        return True
    joined = form == "и" and _head_near(view, post.end + 1, end) is not None
    return (form in _ENDS or joined) and post.end not in view.person_at
