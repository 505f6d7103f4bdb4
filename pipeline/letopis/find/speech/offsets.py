"""One reading seen from its characters: which word stands where."""

from bisect import bisect_left

from letopis.find.speech.view import View


class Reading:
    """A reading and the range of its words."""

    def __init__(self, view: View, number: int, words: range) -> None:
        self.view = view
        self.number = number
        self.clean = view.clean[number]
        self.words = words

    def word_at(self, offset: int) -> int:
        """The first word that starts at `offset` or later (the end of the range if none does)."""
        return bisect_left(self.view.start, offset, self.words.start, self.words.stop)
