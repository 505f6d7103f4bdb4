"""The second look: every event mention against every stretch of days its document speaks of, in the light of all other mentions.

Contract. A cell is an event and a column of its document's table of stretches; the last column stands for no day. `likely` comes
from the first look (`facts`), which sees one mention at a time; the measures here say what its happening, its stem, its type, its
sentence and its document make of the same stretch. Cells are dense: documents with fewer stretches leave columns empty.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from letopis.find.dating.grounds import Grounds
from letopis.find.dating.moments import Moments
from letopis.find.dating.weights import Floats
from letopis.layers import Ints

Pairs: TypeAlias = tuple[Ints, Ints, npt.NDArray[np.bool_]]

FLOOR = 0.02                          # added before a logarithm
DIGITS = 6                            # probabilities are rounded to, so that a batch decides as its documents do alone
_WIDE = 1 << 22                       # more than the ordinal of any day


class Stretches(NamedTuple):
    """The stretches of days of each document, in order."""

    start: Ints                       # [document, column] 0 open or, beyond a document's own, empty
    end: Ints
    column: Ints                      # [moment] its stretch
    report: Ints                      # [document] column of the day of the report, -1 without one


class Cells(NamedTuple):
    """[event, column] probabilities of the first look; the last column of `likely` is that of no day."""

    likely: Floats
    stated: Floats                    # of moments in the event's own sentence alone, no last column
    is_report: Floats


class Measure(NamedTuple):
    """A number for every cell (or, for no day, every event) under a name."""

    name: str
    values: Floats


def stretches_of(m: Moments, document: Ints) -> Stretches:
    """The stretches of a batch; `document` of each moment."""
    count = len(m.report)
    known = np.flatnonzero(m.report).astype(np.int32)
    keys = np.concatenate((_key(document, m.start, m.end), _key(known, m.report[known], m.report[known])))
    unique, place = np.unique(keys, return_inverse=True)
    owner = unique // (_WIDE * _WIDE)
    opening = np.searchsorted(owner, np.arange(count))
    width = int(np.bincount(owner, minlength=1).max(initial=0))
    column = np.arange(len(unique)) - opening[owner]
    start, end = np.zeros((2, count, width), np.int32)
    start[owner, column], end[owner, column] = unique // _WIDE % _WIDE, unique % _WIDE
    report = np.full(count, -1, np.int32)
    report[known] = column[place[len(document):]]
    return Stretches(start, end, column[place[:len(document)]].astype(np.int32), report)


def _key(document: Ints, start: Ints, end: Ints) -> npt.NDArray[np.int64]:
    return (document.astype(np.int64) * _WIDE + start) * _WIDE + end


def cells_of(g: Grounds, s: Stretches, pairs: Pairs, scores: tuple[Floats, Floats, Floats]) -> Cells:
    """Probabilities of cells from the scores of pairs, reports and none; `pairs`: event, moment, in one sentence."""
    event, moment, same = pairs
    pair, report, none = scores
    told = s.report[g.document]
    report = np.where(told >= 0, report, -np.inf)
    highest = np.maximum(report, none)
    np.maximum.at(highest, event, pair)
    odds = np.exp(pair - highest[event])
    rows, width = np.arange(len(none)), s.start.shape[1]
    likely, stated = np.zeros((len(none), width + 1)), np.zeros((len(none), width))
    np.add.at(likely, (event, s.column[moment]), odds)
    np.add.at(stated, (event[same], s.column[moment[same]]), odds[same])
    likely[rows, told] += np.exp(report - highest)
    likely[:, width] += np.exp(none - highest)
    whole = likely.sum(axis=1, keepdims=True)
    is_report = np.zeros((len(none), width))
    is_report[rows[told >= 0], told[told >= 0]] = 1.0
    return Cells((likely / whole).round(DIGITS), (stated / whole).round(DIGITS), is_report)


def pool(values: Floats, group: Ints) -> tuple[Floats, Floats]:
    """[row] mean and highest of its group, by column."""
    if not len(group):
        return values, values
    _, place, counts = np.unique(group, return_inverse=True, return_counts=True)
    order = np.argsort(place, kind="stable")
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    ordered = values[order]
    mean = np.add.reduceat(ordered, starts) / counts[:, None]
    return mean[place].round(DIGITS), np.maximum.reduceat(ordered, starts)[place]


def groups_of(g: Grounds, cluster: Ints, is_statement: npt.NDArray[np.bool_]) -> dict[str, Ints]:
    """The groups an event is seen in; statements are akin to none by their type."""
    own = np.arange(len(g.head), dtype=np.int64)
    count = len(own) + 1
    return {
        "happening": g.document.astype(np.int64) * (int(cluster.max(initial=0)) + 1) + cluster,
        "stem": g.first, "type": np.where(is_statement, own + count, g.opener),
        "sentence": g.sentence, "realis": g.document * 4 + g.realis, "document": g.document,
    }


def measures(c: Cells, groups: Mapping[str, Ints]) -> tuple[list[Measure], list[Measure]]:
    """What speaks for each cell, and for no day."""
    dates, none = list(_own(c, groups["document"])), list(_own_none(c, groups["document"]))
    for name, group in groups.items():
        mean, highest = pool(c.likely, group)
        stated_mean, stated_highest = pool(c.stated, group)
        close = name in ("happening", "stem", "type")
        stated = stated_highest if close else stated_mean
        dates += [Measure(f"{name}_mean", mean[:, :-1]), Measure(f"{name}_stated", _log(stated))]
        none.append(Measure(f"{name}_mean", mean[:, -1]))
        if close:
            dates += [Measure(f"{name}_highest", highest[:, :-1]), Measure(f"{name}_report", c.is_report * _any(stated))]
            none += [Measure(f"{name}_highest", highest[:, -1]), Measure(f"{name}_stated", _log(stated.max(axis=1, initial=0)))]
        if name == "document":
            dates.append(Measure("document_report", c.is_report * mean[:, :-1]))
    return dates, none


def _own(c: Cells, document: Ints) -> Iterator[Measure]:
    likely = c.likely[:, :-1]
    before, behind = _neighbours(likely, document)
    yield from (Measure("likely", likely), Measure("likely_log", _log(likely)), Measure("stated", c.stated))
    yield from (Measure("stated_log", _log(c.stated)), Measure("report", c.is_report))
    yield from (Measure("report_stated", c.is_report * _any(c.stated)), Measure("before", before), Measure("behind", behind))


def _own_none(c: Cells, document: Ints) -> Iterator[Measure]:
    none = c.likely[:, -1]
    before, behind = _neighbours(none[:, None], document)
    yield from (Measure("bias", np.ones(len(none))), Measure("likely", none), Measure("likely_log", _log(none)))
    yield from (Measure("before", before[:, 0]), Measure("behind", behind[:, 0]))


def _neighbours(values: Floats, document: Ints) -> tuple[Floats, Floats]:
    """The cells of the event before and behind in the document, 0 where there is none."""
    edge = np.zeros((1, values.shape[1]))
    next_is_own = (document[1:] == document[:-1])[:, None]
    before = np.concatenate((edge, np.where(next_is_own, values[:-1], 0.0)))
    return before[:len(values)], np.concatenate((np.where(next_is_own, values[1:], 0.0), edge))[:len(values)]


def _log(values: Floats) -> Floats:
    return np.log(values + FLOOR)


def _any(stated: Floats) -> Floats:
    return _log(stated.sum(axis=1, keepdims=True))


def score(table: Sequence[Measure], known: Mapping[str, float]) -> Floats:
    """The sum of measures by their weights; at least one measure."""
    out = np.zeros_like(table[0].values)
    for measure in table:
        weight = known.get(measure.name, 0.0)
        if weight:
            out += weight * measure.values
    return out
