"""Fine tokens -> what their document tells of them, and all feature numbers of a token side by side.

Features of the document: whether the token's stem stands elsewhere with a capital inside a sentence, or in lower case, and how
early its sentence is. Its place in its word and whether it is glued to its neighbour are here, too.
"""

import numpy as np

from letopis.encoder.tagger.tokens import AFFIX_SIZES, Tokens
from letopis.layers import Ints

NAVEC = 300
SIZES = (250_002, 128, *AFFIX_SIZES, 5, 5, 17, 9, 16)
"""Of the columns of `features`: navec row, shape, suffix 2, suffix 3, prefix 3, prefix 5, capitals in the document, place of the
sentence, length, place in the word and glue to the neighbour, kind of number; 0 is 'none' or 'masked' for all of them."""
WIDTHS = (0, 16, 12, 24, 24, 24, 4, 4, 4, 4, 6)
EVENTS = (16, 8, 4)
"""Widths of what the event lexicon says of a form: its type, a second one, how often it speaks of an event."""
OF_FORM = (0, 1, 2, 3, 4, 5, 8, 10)
"""Which columns a piece has (tokens.COLUMNS)."""
OF_PLACE = (6, 7, 9)
"""And which depend on where it stands."""
EARLY = 3                   # sentences that are told apart


def features(tokens: Tokens, document: Ints) -> Ints:
    """[token, SIZES] all feature numbers; `document` is each sentence's."""
    found = np.empty((len(tokens.word), len(SIZES)), np.int32)
    found[:, OF_FORM] = tokens.pieces[tokens.piece]
    found[:, OF_PLACE] = places(tokens, document)
    return found


def places(tokens: Tokens, document: Ints) -> Ints:
    """[token, 3] capitals in the document, place of the sentence, place in the word; documents come one after the other."""
    size = np.diff(tokens.first)
    sentence = np.repeat(np.arange(len(size)), size)
    begins = tokens.first[:-1][sentence] == np.arange(len(sentence))
    early = 1 + np.minimum(_number(size, document), EARLY)[sentence]
    glued = np.concatenate([[False], tokens.start[1:] == tokens.end[:-1]])[:len(sentence)] & ~begins
    inside = 1 + (tokens.inside > 0) + 2 * (tokens.inside < tokens.last) + 4 * glued
    found = np.stack([_capitals(tokens, document[sentence], begins), early, inside], axis=1)
    return found.astype(np.int32)


def _number(size: Ints, document: Ints) -> Ints:
    """[sentence] its number in its document; one without tokens does not count."""
    counted: Ints = np.cumsum(size > 0) - (size > 0)
    opens = np.concatenate([[True], document[1:] != document[:-1]])[:len(size)]
    number: Ints = counted - np.maximum.accumulate(np.where(opens, counted, 0))
    return number


def _capitals(tokens: Tokens, document: Ints, begins: Ints) -> Ints:
    """[token] 1, + 1 where its stem stands somewhere with a capital inside a sentence, + 2 where in lower case."""
    stem, upper = tokens.stem[tokens.piece].astype(np.int64), tokens.upper[tokens.piece] > 0
    stems = int(tokens.stem.max(initial=0)) + 1
    distinct, which = np.unique(document * stems + stem, return_inverse=True)
    capital, lower = np.zeros(len(distinct), np.int32), np.zeros(len(distinct), np.int32)
    capital[which[upper & ~begins]] = 1
    lower[which[~upper]] = 2
    seen: Ints = 1 + capital[which] + lower[which]
    return seen
