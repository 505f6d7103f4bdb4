"""Corrections of events: `same`, `rename`, `retype`; what cannot be parted or dropped is told."""

import pytest

from letopis.evaluate.resolved import Stored, annotate_all, put
from letopis.resolve import resolve
from letopis.resolve.corrections.parsing import parse
from letopis.store.corpus import Corpus
from tests.conftest import document

TEXTS = {
    "a.txt": "Пожар на складе в Перми произошёл 3 марта 2019 года.",
    "b.txt": "Выборы мэра в Казани состоялись 5 июля 2021 года.",
    "c.txt": "Землетрясение в Омске произошло 12 октября 2022 года.",
}
WORDS = {"a": "Пожар", "b": "Выборы", "c": "Землетрясение"}     # of three types: nothing joins them but a correction
SAID = {letter: f"{{document: {letter}.txt, quote: {word}}}" for letter, word in WORDS.items()}
EVENTS = f"""
SELECT m.document_id, v.event_id FROM {{}} m JOIN event_map v ON v.document_id = m.document_id AND v.event = m.event_id
WHERE m.text IN {tuple(WORDS.values())}
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    documents = tuple(document(text, key=key) for key, text in TEXTS.items())
    return put(annotate_all(documents), tmp_path_factory.mktemp("events"))


def made(of: Stored, yaml: str) -> tuple[dict[str, dict[str, object]], list[str], list[tuple[str, str]]]:
    """The events of the words by the letter of their document, what was told, and what `method` says."""
    corpus = Corpus(of.folder, list(of.entries))
    try:
        tables = resolve(corpus, corrections=parse(yaml.encode(), "c.yaml"))
        rows = {r["event_id"]: r for r in tables["events"].to_pylist()}
        ids = {r["document_id"][0]: r["event_id"] for r in corpus.query(EVENTS.format(corpus.units("event_mentions"))).to_pylist()}
        told = [f"{r['line']}: {r['message']}" for r in corpus.query("SELECT * FROM correction_warnings").to_pylist()]
        how = [(r["document_id"], r["how"]) for r in corpus.query("SELECT * FROM correction_methods ORDER BY ALL").to_pylist()]
        assert {r["event_id"] for r in corpus.query("SELECT event_id FROM event_map").to_pylist()} == rows.keys()
    finally:
        corpus.close()
    return {letter: rows[i] for letter, i in ids.items()}, told, how


def test_same_joins_events(corpus: Stored) -> None:
    before, _, _ = made(corpus, "")
    assert len({r["event_id"] for r in before.values()}) == 3
    after, told, how = made(corpus, f"- same: [{SAID['b']}, {SAID['a']}]")
    assert after["a"] == after["b"] != after["c"]
    assert after["a"]["event_id"] == before["a"]["event_id"]               # of the smallest member
    assert (after["a"]["document_count"], after["a"]["distinct_document_count"]) == (2, 2)
    assert after["a"]["mention_count"] == before["a"]["mention_count"] + before["b"]["mention_count"]  # type: ignore[operator]
    assert after["a"]["salience"] == max(before["a"]["salience"], before["b"]["salience"])  # type: ignore[type-var]
    assert (told, how) == ([], [("a.txt", "+correction_same"), ("b.txt", "+correction_same")])


def test_rename_and_retype(corpus: Stored) -> None:
    before, _, _ = made(corpus, "")
    yaml = f"- rename: {SAID['a']}\n  to: Пожар на складе в Перми\n- retype: {SAID['a']}\n  to: disaster.accident\n"
    corpus_rows, told, how = made(corpus, yaml)
    assert (corpus_rows["a"]["name"], corpus_rows["a"]["type"]) == ("Пожар на складе в Перми", "disaster.accident")
    assert (corpus_rows["b"], corpus_rows["c"]) == (before["b"], before["c"])
    assert (told, how) == ([], [("a.txt", "+correction_rename+correction_retype")])
    by_name, told, _ = made(corpus, f"- rename: {{name: {before['c']['name']}, type: {before['c']['type']}}}\n  to: Толчки в Омске")
    assert by_name["c"]["name"] == "Толчки в Омске"
    assert told == []


def test_not_same_keeps_from_being_joined_and_parts_nothing(corpus: Stored) -> None:
    same, apart = f"- same: [{SAID['a']}, {SAID['b']}]\n", f"- not_same: [{SAID['a']}, {SAID['b']}]\n"
    after, told, _ = made(corpus, apart + same)
    assert after["a"] != after["b"]
    assert told == ["2: same: contradicts line 1: not obeyed"]
    after, told, _ = made(corpus, apart + f"- same: [{SAID['b']}, {SAID['c']}]\n")
    assert (after["b"], told) == (after["c"], [])


def test_what_is_neither_entity_nor_event_is_told(corpus: Stored) -> None:
    _, told, _ = made(corpus, f"- same: [{SAID['a']}, {{document: a.txt, quote: Перми}}]\n- drop: {SAID['a']}")
    assert len(told) == 2
    assert told[0].startswith("1: same: 'Пожар' in a.txt: no mention of a person")
    assert told[1].startswith("2: drop: 'Пожар' in a.txt: no mention of a person")
