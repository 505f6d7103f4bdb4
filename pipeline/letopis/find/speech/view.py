"""The batch as plain lists, and one sentence of it with its tree.

Indexing a list is several times faster than an array, and the finders look at single words. Everything here is a reading
of the layers: nothing is decided but where a sentence is two in fact.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from letopis.layers import Readings, Sentences, Syntax, Words

_STOPS = frozenset({".", "!", "?", "…", "..."})
_RUN_IN = re.compile(r"\n|[ \u00a0]{3}|[.!?…]\S")         # where a sentence may hide another: looked at word by word then


@dataclass(frozen=True, slots=True)
class View:
    """Columns of `Words`, `Syntax` and `Sentences` as lists."""

    clean: tuple[str, ...]            # [reading]
    reading: list[int]                # [sentence]
    sentence_start: list[int]
    sentence_end: list[int]
    role: tuple[str, ...]
    first: list[int]                  # [sentence + 1]
    sentence: list[int]               # [word]
    start: list[int]
    end: list[int]
    form: list[str]
    lemma: list[str]
    pos: list[str]
    feats: list[str]
    head: list[int]
    deprel: list[str]

    def lower(self, word: int) -> str:
        """The form in lower case."""
        return self.form[word].lower()

    def before(self, word: int, steps: int) -> int | None:
        """The word so many steps before, None where the sentence begins later."""
        at = word - steps
        return at if at >= self.first[self.sentence[word]] else None


def view_of(readings: Readings, sentences: Sentences, words: Words, syntax: Syntax) -> View:
    """The columns of a batch as lists."""
    return View(
        readings.clean, sentences.reading.tolist(), sentences.start.tolist(), sentences.end.tolist(), sentences.role,
        words.first.tolist(), words.sentence.tolist(), words.start.tolist(), words.end.tolist(), words.form,
        syntax.lemma, syntax.pos, syntax.feats, syntax.head.tolist(), syntax.deprel,
    )


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence, or a part that a lost space or line break hides in one: words `first` .. `last` - 1 and their dependents."""

    view: View
    sentence: int
    first: int
    last: int
    kids: dict[int, list[int]]

    def edges(self, word: int) -> tuple[int, int]:
        """First and last word of what hangs on `word`, itself included."""
        low = high = word
        stack = [word]
        left = self.last - self.first              # a tree can't hold more words: a broken one may turn in circles
        while stack and left:
            left -= 1
            for kid in self.kids.get(stack.pop(), ()):
                if kid < low:
                    low = kid
                elif kid > high:
                    high = kid
                stack.append(kid)
        return low, high

    def kid(self, word: int, *deprels: str) -> int | None:
        """The first dependent of `word` with one of these relations."""
        for kid in self.kids.get(word, ()):
            if self.view.deprel[kid] in deprels:
                return kid
        return None


def trees(view: View, sentence: int) -> Iterator[Tree]:
    """The trees of a sentence: one, or more where it is several in fact ('в Донбассе.Ранее в пятницу', a headline run in)."""
    first, last = view.first[sentence], view.first[sentence + 1]
    text = view.clean[view.reading[sentence]]
    if _RUN_IN.search(text, view.sentence_start[sentence], view.sentence_end[sentence]):
        for word in range(first + 1, last):
            if is_border(view, word):
                yield _tree(view, sentence, first, word)
                first = word
    if last > first:
        yield _tree(view, sentence, first, last)


def is_border(view: View, word: int) -> bool:
    """A new sentence begins at a word that isn't its sentence's first."""
    gap = view.start[word] - view.end[word - 1]
    if gap == 0:
        return view.form[word - 1] in _STOPS and _is_glued(view, word)
    return gap >= 3 or view.clean[view.reading[view.sentence[word]]][view.end[word - 1]] in "\n\u2028\u2029"


def _is_glued(view: View, word: int) -> bool:
    """'в Донбассе.Ранее', '«Новости».По', not 'А.С.Пушкин', 'ул.Ленина'."""
    before, after = view.before(word, 2), view.form[word]
    if before is None or not after[:1].isupper() or len(after) < 2:
        return False
    form = view.form[before]
    return len(form) > 3 or (form.isupper() and len(form) > 1) or form in "»\""


def _tree(view: View, sentence: int, first: int, last: int) -> Tree:
    kids: dict[int, list[int]] = {}
    for word, head in enumerate(view.head[first:last], first):
        if first <= head < last:
            if head in kids:
                kids[head].append(word)
            else:
                kids[head] = [word]
    return Tree(view, sentence, first, last, kids)
