"""What speaks for a candidate and against it, as names of facts; `weights` says how much each counts.

Contract: functions of one reading's layers, nothing outside it; the same facts are asked when training (training/quotes.py)
and when finding. Facts are short strings without blank space but ' '.
"""

from functools import lru_cache

from letopis.find.speech.candidates import Candidate, Cue
from letopis.find.speech.clauses import JOINTS
from letopis.find.speech.lexicon import group
from letopis.find.speech.view import Tree, View

NO_CUE = ["cue=none", "who=none", "how=none"]
_SIZES = (1, 2, 3, 4, 6, 9, 14, 22, 40)
_LOOKED_AT = 60                                    # words of a content
_CLOSING = frozenset({",", ":", ".", "«", "\""})


@lru_cache(maxsize=4_000)
def size(number: int) -> str:
    """A length in coarse steps."""
    for step in _SIZES:
        if number <= step:
            return str(step)
    return "more"


def of_content(view: View, c: Candidate) -> list[str]:
    """Facts about the words of the content."""
    first, last = c.first, min(c.last, c.first + _LOOKED_AT)
    feats = " ".join(view.feats[first:last])
    finite = "VerbForm=Fin" in feats
    person = "Person=1" in feats or not group("first_person").isdisjoint(view.form[first:last])
    return [
        f"size={size(c.last - first)}", f"finite={finite}", f"me={person}", f"pos={view.pos[first]}",
        f"upper={view.form[first][:1].isupper()}", f"role={view.role[c.sentence]}",
    ]


def of_cue(view: View, cue: Cue) -> list[str]:
    """Facts about the word that announces it."""
    word = cue.word
    before = view.before(word, 1)
    return [
        f"lemma={view.lemma[word]}", f"class={cue.kind}", f"shape={cue.shape}",
        f"form={verb_form(view.feats[word], view.pos[word])}",
        f"not={before is not None and view.lower(before) == 'не'}",
    ]


@lru_cache(maxsize=10_000)
def verb_form(feats: str, pos: str) -> str:
    """Past, Pres, Fut (1 behind them for the first or second person), Conv, Part, Inf, or the part of speech."""
    for mark in ("Conv", "Part", "Inf"):
        if "VerbForm=" + mark in feats:
            return mark
    for mark in ("Past", "Pres", "Fut"):
        if "Tense=" + mark in feats:
            return mark + ("1" if "Person=1" in feats or "Person=2" in feats else "")
    return pos


def of_place(tree: Tree, c: Candidate) -> list[str]:
    """Facts about where content and cue stand to each other."""
    forms = tree.view.form
    word = c.first if c.cue is None else c.cue.word
    boundary = word - 1
    while boundary > tree.first and forms[boundary] not in JOINTS:
        boundary -= 1
    end = word + 1
    while end < tree.last and forms[end] not in _CLOSING:
        end += 1
    joint = forms[boundary] if boundary >= tree.first else "start"
    return [
        f"gap={size(word - boundary)}", f"joint={joint}", f"rest={size(end - word)}",
        f"closing={forms[end] if end < tree.last else 'end'}", f"far={size(abs(c.first - word))}",
    ]


def of_head(view: View, c: Candidate) -> list[str]:
    """Facts about the word that a nominal or infinitive content hangs on."""
    for word in range(c.first, min(c.last, c.first + 6)):
        if view.pos[word] in ("NOUN", "VERB", "PROPN"):
            lemma = view.lemma[word]
            return [f"head={lemma}", f"suffix={lemma[-3:]}", f"first={view.pos[word]}"]
    return ["head=none"]


def of_marks(view: View, c: Candidate, name: str) -> list[str]:
    """Facts about a marked stretch and what stands at its edges; `name` is the type of a mention that fills it."""
    clean = view.clean[c.reading]
    left = clean[max(0, c.start - 3):c.start].strip(" \u00a0«\"„")
    right = clean[c.end:c.end + 4].strip(" \u00a0")
    capitals = sum(form[:1].isupper() for form in view.form[c.first:c.last])
    latin = any("a" <= ch <= "z" for ch in clean[c.start:min(c.end, c.start + 40)].lower())
    at = view.before(c.first, 2)
    before = "" if at is None else view.lower(at)
    return [
        f"left={_shown(left[-1:])}", f"right={_shown(right[:2])}", f"last={_shown(clean[c.end - 1])}",
        f"name={name}", f"latin={latin}",
        f"capitals={capitals > 1 and capitals * 2 > c.last - c.first}", f"leftpos={'none' if at is None else view.pos[at]}",
        f"leftword={before if len(before) < 5 else ''}", f"leftlemma={'none' if at is None else view.lemma[at]}",
    ]


def _shown(characters: str) -> str:
    return "".join("word" if ch.isalnum() else "line" if ch.isspace() and ch != " " else ch for ch in characters)
