"""A small corpus whose entities are known, and what corrections make of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from letopis.evaluate.resolved import Stored, annotate_all, put
from letopis.kb.storage import Base
from letopis.resolve import resolve
from letopis.resolve.corrections.parsing import parse
from letopis.store.corpus import Corpus
from tests.conftest import document

TEXTS = {
    "a.txt": "Министр культуры Самарской области Олег Кувшинников открыл выставку в Самаре. Кувшинников поблагодарил музей.",
    "b.txt": "Министр культуры Самарской области Олег Кувшинников провёл совещание в Самаре.",
    "c.txt": "Хоккеист Олег Кувшинников забил гол в Перми.",
    "d.txt": "В Перми прошло заседание компании «Севервектор». Его провела Анна Громова.",
    "e.txt": "Министерство транспорта России объявило конкурс в Казани. Анна Громова вошла в жюри.",
    "f.txt": "Киров принял участников форума. В Кирове прошёл концерт.",
    "g.txt": "Форум в Кирове завершился.",
}


def stored(folder: Path) -> Stored:
    """The corpus, annotated; a document's id is its name."""
    return put(annotate_all(tuple(document(text, key=key) for key, text in TEXTS.items())), folder)


class Resolved:
    """What corrections make of the corpus: whose each mention is, and what was told."""

    def __init__(self, corpus: Corpus, of: Stored) -> None:
        ids = {(r["document_id"], r["entity"]): r["entity_id"] for r in corpus.query("SELECT * FROM entity_map").to_pylist()}
        self.of = {
            (key, TEXTS[key][n.start:n.end]): ids.get((key, number)) for key, found in of.mentions.items() for n, number in found
            if number >= 0
        }
        self.told = [f"{r['line']}: {r['message']}" for r in corpus.query("SELECT * FROM correction_warnings").to_pylist()]
        rows = corpus.query("SELECT document_id, how FROM correction_methods ORDER BY ALL").to_pylist()
        self.how = [(r["document_id"], r["how"]) for r in rows]

    def one(self, *mentions: str) -> bool:
        """Whether 'a.txt Олег Кувшинников' and so on have one id."""
        ids = {self.id(m) for m in mentions}
        return len(ids) == 1 and None not in ids

    def id(self, mention: str) -> str | None:
        """Of 'a.txt Олег Кувшинников'."""
        key, _, words = mention.partition(" ")
        return self.of[key, words]


@contextmanager
def corrected(
    of: Stored, yaml: str, *, only: set[str] | None = None, base: Base | None = None
) -> Iterator[tuple[Resolved, list[dict[str, object]]]]:
    """The corpus (or some documents of it) with corrections, and the rows of `entities`."""
    corpus = Corpus(of.folder, [e for e in of.entries if only is None or e.key in only])
    try:
        tables = resolve(corpus, base=base, corrections=parse(yaml.encode(), "c.yaml"))
        yield Resolved(corpus, of), tables["entities"].to_pylist()
    finally:
        corpus.close()
