"""Links between mentions and main events on made-up gold."""

import json
from pathlib import Path

import pytest

from letopis.evaluate import event_links, main_events
from letopis.evaluate.gold import Trigger
from letopis.evaluate.main_events import ORDERS, Happening
from letopis.layers import Event, Span


def pair(gold: str, cluster: int, lemma: str = "пожар", kind: str = "disaster.fire") -> event_links.Pair:
    nothing = dict.fromkeys(("type2", "start", "end", "granularity", "date_basis", "place", "place_basis", "mention", "source"))
    event = Event(
        span=Span(0, 0, 0, 1), lemma=lemma, type=kind, type_score=1.0, realis="actual", salience=0.0, cluster=cluster, score=1.0,
        method="", **nothing,
    )
    return Trigger(0, 1, kind, "", "actual", gold), event


DOCUMENT = [pair("e1", 0), pair("e1", 0), pair("e1", 1, "возгорание"), pair("e2", 1, "пожарный")]


def test_links_are_pairs_of_one_happening() -> None:
    score = event_links.link_score([DOCUMENT], event_links.shipped)
    assert (score.precision, score.recall, score.gold) == (1 / 2, 1 / 3, 3)


def test_the_baseline_joins_one_stem_and_type() -> None:
    score = event_links.link_score([DOCUMENT], event_links.stem_and_type)
    assert (score.precision, score.recall) == (1 / 3, 1 / 3)


def test_links_of_documents_are_added() -> None:
    assert event_links.link_counts([DOCUMENT, [], DOCUMENT[:2]], event_links.shipped).tolist() == [[1, 2, 3], [0, 0, 0], [1, 1, 1]]


def test_b_cubed_is_a_mean_over_mentions() -> None:
    score = event_links.b_cubed([DOCUMENT], event_links.shipped)
    assert score.precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert score.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert score.gold == 4


def test_of_six_happenings_the_least_salient_is_not_found(tmp_path: Path) -> None:
    events = [{"mentions": [{"start": start, "end": start + 3}]} for start in (50, 0)]
    row = {"doc": "1", "text": "x" * 60, "title": "t", "published": "2020-01-01", "events": events}
    (tmp_path / "cards.jsonl").write_text(json.dumps(row), encoding="utf-8")
    card, = main_events.read_cards(tmp_path / "cards.jsonl")
    found = [Happening(((10 * i, 10 * i + 5),), 1 + i, i, 1 - i / 10) for i in range(6)]
    assert main_events.found_counts([(card, found)], ORDERS["most salient"]).tolist() == [[1, 2, 2]]
    assert main_events.found_counts([(card, found)], ORDERS["most frequent"]).tolist() == [[1, 2, 2]]
    assert main_events.found_counts([(card, found[1:])], ORDERS["first"]).tolist() == [[1, 2, 2]]
    assert main_events.found_counts([(card, found[:1])], ORDERS["first"]).tolist() == [[1, 2, 2]]
