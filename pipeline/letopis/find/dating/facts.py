"""Facts for and against a moment as the day of an event mention, as codes: one column a fact, one row a pair or an event.

Contract. A fact is (name, codes, number of codes); the weights know it by name and code. A code mixes its parts as digits, the
first part the highest.
"""

from typing import NamedTuple

import numpy as np

from letopis.find.dating.grounds import CLASSES, LEADS, MARKS, TENSES, Grounds
from letopis.find.dating.moments import Moments
from letopis.find.dating.pairs import Kin, kindred, paths
from letopis.find.dating.told import LEVELS, Told
from letopis.layers import Ints

RELATIONS = 8


class Place(NamedTuple):
    """Where moments stand: their sentence, its document and role, the class of the preposition before them; what roles tell."""

    sentence: Ints
    document: Ints
    role: Ints
    lead: Ints
    told: Told


class Fact(NamedTuple):
    """Codes 0 .. size - 1 under a name."""

    name: str
    codes: Ints
    size: int


def mix(name: str, *parts: tuple[Ints, int]) -> Fact:
    """One fact of several."""
    codes, size = np.zeros_like(parts[0][0]), 1
    for values, count in parts:
        codes, size = codes * count + values, size * count
    return Fact(name, codes, size)


def relation(moments: Moments, report: Ints) -> Ints:
    """How moments lie to the day of their report: 0 unknown, 1 long before, 2 before, 3 the day, 4 around it, 5 after, 6 open
    from before, 7 open till after."""
    start, end = moments.start, moments.end
    known = report > 0
    out = np.select(
        [~known, (start == report) & (end == report), end == 0, start == 0, end < report - 45, end < report, start > report],
        [0, 3, 6, 7, 1, 2, 5], 4,
    )
    return out.astype(np.int32)


def pair_facts(g: Grounds, m: Moments, event: Ints, moment: Ints, place: Place, kin: Kin) -> list[Fact]:
    """What speaks for each pair."""
    sentence, document, role, lead_of, told = place
    e, t = g.head[event], m.first[moment]
    same = sentence[moment] == g.sentence[event]
    up_e, up_t, meet = paths(g, e, m.last[moment])
    path = np.where(same, 1 + np.minimum(up_t, 4) * 6 + np.minimum(up_e, 5), 0)
    path = np.where(same & ~meet, 31, path).astype(np.int32)
    low, high = np.minimum(e, t), np.maximum(e, t)
    after = (t > e).astype(np.int32)
    far = np.digitize(high - low, (3, 6, 11, 21)).astype(np.int32)
    breaks = np.minimum(g.breaks[high] - g.breaks[low], 3)
    verbs = np.minimum(np.maximum(g.verbs[high] - g.verbs[low + 1], 0), 2)
    triggers = np.minimum(np.maximum(g.triggers[high] - g.triggers[low + 1], 0), 3)
    between = np.minimum(_rank(event, moment, after, t), 3)
    away = np.clip(sentence[moment] - g.sentence[event], -6, 3) + 6
    away = np.where(away < 3, np.where(away == 0, 0, np.where(away <= 1, 1, 2)), away).astype(np.int32)
    rel = relation(m, m.report[document])[moment]
    governor = g.up[1][m.last[moment]]
    ruled = g.trigger[governor]
    rule = np.where(~same, 0, np.where(ruled == event, 1, np.where(ruled >= 0, 2, 3))).astype(np.int32)
    lead = lead_of[moment]
    here = same.astype(np.int32)
    own = np.minimum(np.bincount(event, weights=here, minlength=len(g.head)).astype(np.int32), 2)[event]
    opened = (2 * (m.start == 0) + (m.end == 0)).astype(np.int32)[moment]
    length = np.digitize(m.end - m.start, (1, 8, 32, 93, 367)).astype(np.int32)
    length = np.where((m.start == 0) | (m.end == 0), 6, length)[moment].astype(np.int32)
    kind, tense, realis = g.kind[event], g.tense[event], g.realis[event]
    return [
        mix("path", (path, 32), (kind, CLASSES)),
        mix("far", (here, 2), (after, 2), (far, 5), (breaks, 4)),
        mix("between", (here, 2), (after, 2), (verbs, 3), (triggers, 4)),
        mix("rank", (here, 2), (after, 2), (between, 4), (own, 3)),
        mix("away", (away, 10), (role[moment], 3), (own, 3)),
        mix("relation", (rel, RELATIONS), (tense, TENSES), (here, 2)),
        mix("realis", (rel, RELATIONS), (realis, 4), (here, 2)),
        mix("length_kind", (length, 7), (kind, CLASSES), (here, 2)),
        mix("rule", (rule, 4), (kind, CLASSES), (after, 2)),
        mix("lead", (lead, LEADS), (rule, 4)),
        mix("open", (opened, 4), (lead, LEADS), (tense, TENSES)),
        mix("list", (m.listed[moment], 2), (here, 2)),
        mix("depth", (g.depth[event], 6), (role[moment], 3), (here, 2)),
        mix("kin", (kin_code(g, kin, event, moment), 5), (here, 2), (kind, CLASSES)),
        mix("mark", (g.mark[g.sentence[event]], MARKS), (rel, RELATIONS), (here, 2)),
        mix("told", (told.own, LEVELS), (told.others, LEVELS), (told.event[event], LEVELS), (here, 2)),
    ]


def event_facts(g: Grounds, m: Moments, event: Ints, moment: Ints, place: Place, kin: Kin) -> list[Fact]:
    """What speaks for the day of the report, and for no day at all, one row an event."""
    sentence, document, *_ = place
    count = len(g.head)
    same = sentence[moment] == g.sentence[event]
    rel = relation(m, m.report[document])[moment]
    own = np.minimum(np.bincount(event[same], minlength=count), 2).astype(np.int32)
    today = _most(count, event[same & (rel == 3)], 1)
    told = _most(count, event[rel == 3], 1)
    away = sentence[moment] - g.sentence[event]
    before = np.full(count, 3, np.int32)                       # sentences since the last moment
    earlier = away < 0
    np.minimum.at(before, event[earlier], np.minimum(-away[earlier], 3))
    last = np.zeros(count, np.int32)                           # relation of the last moment before the sentence
    last[event[earlier]] = rel[earlier]
    some = np.minimum(np.bincount(document, minlength=len(m.report))[g.document], 3).astype(np.int32)
    stated = m.stated[g.document]
    akin = _highest(count, event, kin_code(g, kin, event, moment))
    apart = _highest(count, event[~same], kin_code(g, kin, event, moment)[~same])
    one, other = g.opener, g.first
    alone = (one == np.arange(count)).astype(np.int32) + (other == np.arange(count))
    return [
        mix("bias", (stated, 2), (some, 4)),
        mix("place", (g.role, 3), (g.depth, 6), (own, 3)),
        mix("tense", (g.kind, CLASSES), (g.tense, TENSES), (g.carried, 2)),
        mix("tense_own", (g.tense, TENSES), (own, 3), (today, 2)),
        mix("realis", (g.realis, 4), (g.tense, TENSES)),
        mix("kin", (akin, 5), (apart, 5), (own, 3)),
        mix("opener", (g.role[one], 3), (np.minimum(g.depth[one], 3), 4), (g.tense[one], TENSES), (alone, 3)),
        mix("first", (g.role[other], 3), (np.minimum(g.depth[other], 3), 4), (g.tense[other], TENSES), (alone, 3)),
        mix("own", (own, 3), (today, 2), (told, 2)),
        mix("before", (before, 4), (last, RELATIONS), (own, 3)),
        mix("mark", (g.mark[g.sentence], MARKS), (g.role, 3)),
        mix("mark_tense", (g.mark[g.sentence], MARKS), (g.tense, TENSES)),
        mix("told", (place.told.event, LEVELS), (own, 3)),
    ]


def kin_code(g: Grounds, kin: Kin, event: Ints, moment: Ints) -> Ints:
    """Who stands at each pair's moment: 0 nobody akin, 1 of the group, 2 of the stem, 3 of the type, 4 of both."""
    type_, stem = kindred(kin.type, moment, g.type[event]), kindred(kin.stem, moment, g.stem[event])
    group = kindred(kin.group, moment, g.group[event])
    return np.where(type_, 3 + stem, np.where(stem, 2, group)).astype(np.int32)


def _highest(count: int, event: Ints, value: Ints) -> Ints:
    out = np.zeros(count, np.int32)
    np.maximum.at(out, event, value)
    return out


def _most(count: int, event: Ints, value: Ints | int) -> Ints:
    out = np.zeros(count, np.int32)
    out[event] = value
    return out


def _rank(event: Ints, moment: Ints, after: Ints, word: Ints) -> Ints:
    """How many of the event's moments on the same side stand nearer to it."""
    side = event * 2 + after
    key = np.where(after == 1, moment, -moment)
    order = np.lexsort((key, side))
    rank = np.zeros(len(event), np.int32)
    if len(order):
        sides = side[order]
        first = np.searchsorted(sides, sides, side="left")
        rank[order] = np.arange(len(order)) - first
    return rank
