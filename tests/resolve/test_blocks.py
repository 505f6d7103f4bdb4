"""Blocks: a block's digest covers all that its nodes say and nothing else, and a kept answer is what would be computed."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from letopis.resolve import blocks
from letopis.resolve.blocks import digest_blocks, number_blocks, settle_blocks
from letopis.resolve.nodes import Node
from letopis.store.blocks import Answers, newest, save
from letopis.store.corpus import Corpus

STRINGS = pa.list_(pa.string())
SCHEMA = pa.schema([
    ("node", pa.int64()), ("sort", pa.string()), ("names", STRINGS), ("short", STRINGS), ("blocks", STRINGS), ("posts", STRINGS),
    ("seats", STRINGS), ("kinds", STRINGS), ("weight", pa.int64()), ("member", pa.string()), ("first", pa.date32()),
    ("last", pa.date32()), ("documents", STRINGS), ("own", pa.string()), ("wikidata", pa.string()), ("marks", STRINGS),
])
NEAR = {"d1": ["ORGANIZATION унжалес"], "d2": ["ORGANIZATION унжалес", "PERSON лосева|анна||"], "d3": [], "d4": ["PLACE Q649"]}


def node(number: int, name: str, *documents: str, **other: Any) -> dict[str, Any]:
    """A row of `nodes`: an organisation called so in these documents."""
    return {
        "node": number, "sort": "ORGANIZATION", "names": [name], "short": [], "blocks": [name[:4]], "posts": [], "seats": [],
        "kinds": [], "weight": len(documents), "member": f"{documents[0]}:text:0-{number}", "first": date(2024, 1, 1),
        "last": date(2024, 1, 2), "documents": list(documents), "own": None, "wikidata": None, "marks": [], **other,
    }


PAIR = (node(0, "фонд ветер", "d1", "d2"), node(1, "фонд вихрь", "d2", "d3"))
OTHERS = (node(2, "союз краевед", "d1"), node(3, "союз краевед", "d3", kinds=["музей"]), node(4, "музей", "d4"))


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Corpus]:
    corpus = Corpus(tmp_path, [])
    monkeypatch.setattr(Corpus, "units", lambda *_: "near")
    give_near(corpus, NEAR)
    yield corpus
    corpus.close()


def give_near(corpus: Corpus, near: dict[str, list[str]]) -> None:
    columns = {"document_id": pa.array(list(near), pa.string()), "near": pa.array(list(near.values()), STRINGS)}
    corpus.add("near", pa.table(columns))


def digests(corpus: Corpus, *rows: dict[str, Any], basis: str = "") -> list[str]:
    """The digests of the blocks of nodes, in order of the blocks."""
    corpus.add("nodes", pa.Table.from_pylist(list(rows), SCHEMA))
    number_blocks(corpus)
    digest_blocks(corpus, basis)
    return [str(d) for d in corpus.query("SELECT digest FROM block_digests ORDER BY block")["digest"].to_pylist()]


CHANGES: dict[str, dict[str, Any]] = {
    "sort": {"sort": "PRODUCT"},
    "names": {"names": ["фонд вихрь", "вихрь"]},
    "short": {"short": ["фв"]},
    "posts": {"posts": ["head||"]},
    "seats": {"seats": ["Q649"]},
    "kinds": {"kinds": ["фонд"]},
    "weight": {"weight": 9},
    "member": {"member": "d0:text:0-1"},
    "years": {"last": date(2025, 1, 2)},
    "seen": {"documents": ["d2", "d3", "d3"]},
    "near": {"documents": ["d2", "d4"]},
    "people": {"names": ["вихрев|иван||"], "sort": "PERSON"},
    "own": {"own": "f17"},
    "wikidata": {"wikidata": "Q17"},
    "marks": {"marks": ["0a1b/1"]},
}


def test_the_changes_are_of_every_field_of_a_node() -> None:
    of_clusters = {"called"}                                               # no node of the store has it
    assert CHANGES.keys() == {f.name for f in fields(Node)} - {"number"} - of_clusters


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_a_node_says_is_in_the_digest_of_its_block_and_in_no_other(change: dict[str, Any], corpus: Corpus) -> None:
    before = digests(corpus, *PAIR, *OTHERS)
    after = digests(corpus, PAIR[0], {**PAIR[1], **change}, *OTHERS)
    assert len(before) == len(after) == 2
    assert before[0] != after[0]
    assert before[1] == after[1]


def test_the_company_of_a_document_is_in_the_digest(corpus: Corpus) -> None:
    before = digests(corpus, *PAIR, *OTHERS)
    give_near(corpus, {**NEAR, "d2": ["ORGANIZATION унжалес"]})
    after = digests(corpus, *PAIR, *OTHERS)
    assert before[0] != after[0]
    assert before[1] == after[1]


def test_a_node_more_or_less_is_another_block(corpus: Corpus) -> None:
    third = node(2, "фонд вьюга", "d4")
    assert digests(corpus, *PAIR) != digests(corpus, *PAIR, third)


def test_the_numbers_of_nodes_are_nothing_but_an_order(corpus: Corpus) -> None:
    before = digests(corpus, *PAIR, *OTHERS)
    later = digests(corpus, node(3, "академия", "d1"), *({**row, "node": row["node"] + 7} for row in (*PAIR, *OTHERS)))
    assert before == later
    assert digests(corpus, {**PAIR[0], "node": 1}, {**PAIR[1], "node": 0}) != before[:1]


def test_the_basis_is_in_every_digest(corpus: Corpus) -> None:
    assert not set(digests(corpus, *PAIR, *OTHERS)) & set(digests(corpus, *PAIR, *OTHERS, basis="2"))


def test_kept_answers_are_those_that_would_be_computed(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.add("nodes", pa.Table.from_pylist([*PAIR, *OTHERS], SCHEMA))
    settle_blocks(corpus, Answers())
    computed = corpus.query("SELECT * FROM node_clusters ORDER BY node").to_pylist()
    assert [row["node"] for row in computed] == [0, 1, 2, 3]           # the museum has no company
    save(corpus, corpus.out, "run1")
    monkeypatch.setattr(blocks, "settle_bodies", None)                 # whatever calls it fails
    answers = Answers(newest(corpus.out))
    settle_blocks(corpus, answers)
    assert corpus.query("SELECT * FROM node_clusters ORDER BY node").to_pylist() == computed
    assert (answers.computed, answers.reused) == (0, 2)
