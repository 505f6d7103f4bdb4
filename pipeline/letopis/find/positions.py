"""Positions: who is said to hold which post where, now, once, for the time being or soon.

'министр Правительства Москвы, руководитель Департамента ... (ДВМС) Сергей Черёмин' gives two rows, 'Новым министром стал экс-мэр
Осин' gives two, of different status. Posts stand beside names (`posts.beside`) or are told by verbs (`posts.told`).

Contract. One row a person and post as it stands. A calling ('врач') is a post only with its employer. `organisation` is named in
the same phrase, never fetched from elsewhere. `span` is the first part of the post. Rows of unnamed people are not made.
"""

from collections.abc import Iterator

from letopis.find.clauses import Text, by_sentence, feature, span_of
from letopis.find.posts.beside import after, before
from letopis.find.posts.claims import Claim
from letopis.find.posts.phrase import Post
from letopis.find.posts.told import told
from letopis.find.posts.view import View, view_of
from letopis.layers import Anaphor, Mention, Position
from letopis.text.dictionary import inflected, parses
from letopis.text.normal import normal_forms_of_parts

VERSION = "2"
SCORES = {"before": 0.98, "told": 0.97, "after": 0.92, "headed": 0.89}
"""Share right: 197 of 201 and 32 of 33 on the annotated documents; 11 of 12 on WORKS_AS of NEREL's train; 8 of 9 in both."""
_SURE = 0.8                           # an antecedent below is no evidence of who holds a post


def find_positions(text: Text, mentions: tuple[Mention, ...], anaphors: tuple[Anaphor, ...]) -> tuple[Position, ...]:
    """The positions of a batch, in order."""
    view = view_of(text, mentions)
    claims = _distinct(view, [*told(view, _antecedents(view, anaphors)), *_beside(view)])
    parts = [[span_of(text, a, b) for a, b in claim.post.parts] for claim in claims]
    normals = normal_forms_of_parts(text.readings, text.words, text.syntax, parts, [""] * len(parts))
    return tuple(
        Position(
            claim.person, claim.post.organisation, claim.name or _singular(view, claim.post) or _lowered(normal), claim.status,
            spans[0],
            SCORES[claim.rule], f"position_{claim.rule}_2",
        )
        for claim, spans, normal in zip(claims, parts, normals, strict=True)
    )


def _beside(view: View) -> Iterator[Claim]:
    """Posts beside names; those before a name begin behind the name before it."""
    for group in by_sentence([m.span for m in view.mentions], len(view.text.sentences.role)):
        previous = 0
        for person in (i for i in group if view.mentions[i].type == "PERSON"):
            yield from before(view, person, previous)
            yield from after(view, person)
            first, last = view.words[person]
            previous = previous if first in view.owned else last          # 'академии имени Осина' is one name


def _antecedents(view: View, anaphors: tuple[Anaphor, ...]) -> dict[int, int]:
    """Word of a pronoun -> the person it surely stands for; 'который' is what its clause depends on."""
    words = {int(w): a for a in anaphors if a.antecedent is not None for w in [_word(view, a)]}
    return {
        word: a.antecedent for word, a in words.items()
        if a.antecedent is not None and view.mentions[a.antecedent].type == "PERSON"
        and (a.score >= _SURE or view.text.syntax.lemma[word] == "который")
    }


def _word(view: View, anaphor: Anaphor) -> int:
    first, last = view.text.words.first[anaphor.span.sentence:anaphor.span.sentence + 2].tolist()
    return next(w for w in range(first, last) if view.text.words.end[w] > anaphor.span.start)


def _distinct(view: View, claims: list[Claim]) -> list[Claim]:
    """Each person and post once, the first rule's; callings without an employer go."""
    found: dict[tuple[int, int], Claim] = {}
    for claim in claims:
        post = claim.post
        employer = post.organisation is not None and view.mentions[post.organisation].type in ("ORGANIZATION", "FACILITY")
        if post.kind == "post" or (post.kind == "calling" and (employer or post.bodied)):
            found.setdefault((claim.person, post.head), claim)
    return [found[key] for key in sorted(found, key=lambda k: (k[1], k[0]))]


def _singular(view: View, post: Post) -> str:
    """'сотрудники ВГТРК Осин и Перов': each is 'сотрудник'; '' where the post is in the singular or the dictionary has none."""
    text = view.text
    if feature(text, post.head, "Number") != "Plur":
        return ""
    first, last = post.parts[0]
    heads = [_inflected(text.words.form[w], text.syntax.pos[w]) for w in range(first, post.head + 1)]
    rest = (text.words.form[w] for a, b in ((post.head + 1, last), *post.parts[1:]) for w in range(a, b))
    return " ".join([*heads, *rest]) if all(heads) else ""


def _inflected(form: str, pos: str) -> str:
    """The nominative singular, '' for none; an adjective's is masculine."""
    wanted = frozenset({"sing", "nomn", "masc"} if pos in ("ADJ", "DET", "VERB") else {"sing", "nomn"})
    found = (inflected(p, wanted) for p in parses(form.lower()))
    return next((word for word in found if word is not None), "")


def _lowered(normal: str) -> str:
    """'Премьер-министр' at the start of a sentence is 'премьер-министр', 'экс-министр' is 'министр'; 'ВРИО' stays."""
    normal = normal[4:] if normal.lower().startswith("экс-") else normal
    return normal if normal[:2].isupper() else normal[:1].lower() + normal[1:]
