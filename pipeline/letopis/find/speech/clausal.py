"""Candidates that are clauses: 'заявил, что <...>', '<...>, сообщил министр', '<...>. Об этом сообщил министр'."""

from collections.abc import Iterator

from letopis.find.speech.candidates import Found
from letopis.find.speech.clauses import DASHES, MARKS, STOPS, before_comma, content_end, content_start, is_finite, sentence_end
from letopis.find.speech.inserted import phrase_end
from letopis.find.speech.lexicon import Entry, group
from letopis.find.speech.view import Tree

THAT = frozenset({"что", "чтобы", "будто", "якобы"})
ABOUT = frozenset({"о", "об", "обо", "про"})
_TELLING = frozenset({"say", "media", "passive", "think", "find", "admit", "promise"})
_LONGEST = 26                                      # words between a verb and its ', что'


def that_clause(tree: Tree, cue: int, entry: Entry) -> Iterator[Found]:
    """'заявил журналистам, что <переговоры начались>', 'рассказал, <как всё было>'."""
    view = tree.view
    start = that(tree, cue)
    if start is not None:
        yield "that", start, content_end(tree, start, cue)
        return
    for word in range(cue + 1, min(cue + 9, tree.last - 1)):
        if view.form[word] == ",":
            if _is_question(tree, word + 1):
                yield "question", word + 1, content_end(tree, word + 1, cue)
            return
        if is_finite(view, word):
            return


def that(tree: Tree, cue: int) -> int | None:
    """The word after the 'что' of a cue's clause."""
    view = tree.view
    for word in range(cue + 1, min(cue + _LONGEST, tree.last - 1)):
        form = view.form[word]
        if form == "," and view.form[word + 1] in THAT:
            return word + 2
        if form == "что" and word == cue + 1:
            return word + 1
        if form == ":" or is_finite(view, word):
            return _that_by_tree(tree, cue)
    return None


def _that_by_tree(tree: Tree, cue: int) -> int | None:
    """'заявил депутат, который знает отрасль, что <...>'."""
    view = tree.view
    for kid in tree.kids.get(cue, ()):
        if kid > cue and view.deprel[kid] in ("ccomp", "csubj"):
            low = tree.edges(kid)[0]
            for word in range(low, min(low + 2, tree.last - 1)):
                if low > cue and view.form[word] in THAT:
                    return word + 1
    return None


def _is_question(tree: Tree, word: int) -> bool:
    view = tree.view
    if view.form[word] == "как":                           # ', как сообщает ТАСС' is no question
        return not any(is_finite(view, w) and view.deprel[w] == "parataxis" for w in range(word + 1, min(word + 4, tree.last)))
    return view.form[word] in group("question") or "ли" in view.form[word + 1:min(word + 3, tree.last)]


def after_colon(tree: Tree, cue: int, entry: Entry) -> Iterator[Found]:
    """'Эксперты уверены: <цены вырастут>'."""
    view = tree.view
    for word in range(cue + 1, min(cue + 14, tree.last - 1)):
        if view.form[word] == ":":
            if view.form[word + 1] not in MARKS:
                yield "colon", word + 1, sentence_end(tree)
            return
        if view.form[word] in MARKS or is_finite(view, word):
            return


def clause_before(tree: Tree, cue: int, entry: Entry) -> Iterator[Found]:
    """'<Переговоры начались>, сообщил министр', '<...>, о чём сообщает ТАСС'."""
    view = tree.view
    boundary = left_boundary(tree, cue) if entry.kind in _TELLING else None
    if boundary is None or boundary < tree.first + 2 or that(tree, cue) is not None:
        return
    opening = view.lower(boundary + 1)
    if opening == "как" or opening.startswith("котор") or opening in THAT:
        return
    start = content_start(tree, boundary)
    yield ("which" if view.form[boundary + 2] in ("чем", "чём") else "before"), start, before_comma(tree, boundary)
    if entry.kind == "say":
        end = phrase_end(tree, cue)
        if end + 3 < sentence_end(tree) and view.form[end] in (",", "–", "—", "-"):
            yield "inserted", start, sentence_end(tree)


def left_boundary(tree: Tree, cue: int) -> int | None:
    """The comma or dash that opens the cue's clause; None where another verb stands between."""
    view = tree.view
    for word in range(cue - 1, max(cue - 9, tree.first) - 1, -1):
        form = view.form[word]
        if form in (",", "»", "\"") or form in DASHES:
            return word if word + 2 < tree.last else None
        if form in (":", "(", "«") or form in STOPS or is_finite(view, word):
            return None
    return None


def previous_sentence(tree: Tree, cue: int, entry: Entry) -> Iterator[Found]:
    """'<...>. Об этом сообщил министр.' The content is the sentence before: here an empty run stands for it."""
    forms = tree.view.form
    low, high = max(tree.first, cue - 8), min(cue + 6, tree.last - 1)
    if "этом" not in forms[low:high + 1]:
        return
    for word in range(low, high):
        if forms[word + 1] == "этом" and forms[word].lower() in ABOUT and that(tree, cue) is None:
            yield "previous", tree.first, tree.first
            return
