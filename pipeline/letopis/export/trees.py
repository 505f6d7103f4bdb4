"""Trees out of heads: the table `tokens` holds what the parser said of each word alone, and CoNLL-U wants one tree a sentence."""

from collections.abc import Sequence


def treed(heads: Sequence[int]) -> list[int]:
    """Heads (1-based, 0 the root) with one root and no circle; what was right stays.

    A circle is cut at its first word. The first word that says it is the root is; without one, the first that was cut. Every
    other root hangs on it.
    """
    mended = list(heads)
    known = {0}
    cut = list[int]()
    for first in range(1, len(heads) + 1):
        path = list[int]()
        word = first
        while word not in known and word not in path:
            path.append(word)
            word = mended[word - 1]
        if word not in known:
            cut.append(min(path[path.index(word):]))
            mended[cut[-1] - 1] = 0
        known.update(path)
    roots = [i for i, head in enumerate(mended, 1) if head == 0]
    root = next((i for i in roots if i not in cut), roots[0] if roots else 0)
    return [root if head == 0 and i != root else head for i, head in enumerate(mended, 1)]
