"""`letopis explain`: why mentions are one, why two are two, out of the units and with the code of resolution."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from letopis.cli import app
from tests.conftest import night
from tests.corrections.made import TEXTS
from tests.run.same import table

MORE = {
    "h.txt": "Губернатор Вологодской области Олег Кувшинников посетил завод. Кувшинников похвалил рабочих.",
    "j.txt": "Министр культуры Самарской области Кувшинников открыл фестиваль.",
    "i.txt": "Кувшинников выступил на совещании. Он рассказал о планах.",
}
CORRECTIONS = """
- not_same: [{document: a.txt, quote: Олег Кувшинников}, {document: b.txt, quote: Олег Кувшинников}]
  why: отец и сын
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explained")
    (folder / "in").mkdir()
    for name, text in (TEXTS | MORE).items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    (folder / "corrections.yaml").write_text(CORRECTIONS, encoding="utf-8")
    night(folder / "in", folder / "out")
    return folder / "out"


def explain(out: Path, *words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["explain", *words, "--out", str(out)])
    assert result.exit_code == code, result.output
    return result.output


def ids(out: Path) -> dict[str, str]:
    """Of the first mention of each document and text, its entity."""
    documents = table(out, "documents")[["document_id", "path"]]
    rows = table(out, "mentions").merge(documents, on="document_id").dropna(subset="entity_id")
    return {f"{r.path[0]} {r.text}": r.entity_id for r in rows.itertuples()}


def test_joins_names_and_documents_are_told(out: Path) -> None:
    said = explain(out, ids(out)["a Олег Кувшинников"])
    assert "PERSON  Олег Кувшинников: 4 mentions in 3 documents" in said
    assert "ours, made of the smallest key of its members" in said
    assert "Кувшинников ×2, Олег Кувшинников ×2" in said
    assert "a.txt (undated) ×2" in said
    assert "1 join of 2 kinds of evidence (1.00 is enough)" in said
    assert "+2.50 posts: head, министерство культура, Самарская область" in said
    assert len(said.splitlines()) < 40


def test_what_all_documents_say_is_told(out: Path) -> None:
    said = explain(out, ids(out)["c Олег Кувшинников"])
    assert "only one document names it: Олег Кувшинников" in said


def test_a_place_is_told_by_its_row(out: Path) -> None:
    said = explain(out, "Пермь")
    assert "Wikidata's, linked by gazetteer_1 with 0.97" in said
    assert "one because all are row Q915 of the gazetteer" in said


def test_a_name_of_several_lists_them(out: Path) -> None:
    said = explain(out, "Олег Кувшинников", "--type", "PERSON", code=2)
    assert "ask for one of them by its id" in said
    assert ids(out)["c Олег Кувшинников"] in said


def test_what_excludes_is_told(out: Path) -> None:
    known = ids(out)
    said = explain(out, known["a Олег Кувшинников"], known["h Олег Кувшинников"])
    assert "below the line of 1.00" in said
    assert "posts" in said
    assert "Вологодская область" in said
    assert "names exclude one another" in explain(out, known["a Олег Кувшинников"], known["d Анна Громова"])
    assert "never compared: ORGANIZATION with PERSON" in explain(out, known["d Севервектор"], known["d Анна Громова"])
    assert "is a place of the gazetteer (Q915), the other is none" in explain(out, known["d Севервектор"], "Пермь")
    assert "two places of the gazetteer" in explain(out, "Пермь", "Казань")
    assert "no name in common" in explain(out, known["d Севервектор"], known["e Министерство транспорта России"])


def test_a_surname_alone_never_met_who_has_it(out: Path) -> None:
    known = ids(out)
    said = explain(out, known["i Кувшинников"], known["c Олег Кувшинников"])
    assert "below the line of 1.00" in said
    assert "names: Кувшинников; Олег Кувшинников" in said


def test_corrections_are_told_before_the_run_that_obeys_them(out: Path) -> None:
    file = str(out.parent / "corrections.yaml")
    said = explain(out, ids(out)["a Олег Кувшинников"], "--corrections", file)
    assert f"{file}:2: not_same: 'Олег Кувшинников' in a.txt, 'Олег Кувшинников' in b.txt (отец и сын)" in said
    assert "2 mentions in 1 document" in said
    for name, told in (("Олег Кувшинников", f"kept apart by {file}:2"), ("Кувшинников", "as likely, or likelier, was")):
        listed = explain(out, name, "--corrections", file, code=2).splitlines()[1:]
        new = next(line.split()[0] for line in listed if line.split()[0] not in ids(out).values())
        assert told in explain(out, ids(out)["a Олег Кувшинников"], new, "--corrections", file)


def test_who_is_one_is_told_so(out: Path) -> None:
    known = ids(out)
    assert "they are one" in explain(out, known["a Олег Кувшинников"], known["b Олег Кувшинников"], code=2)


def test_an_event_and_two_are_told(out: Path) -> None:
    events = table(out, "events").sort_values("event_id")
    said = explain(out, events.event_id.iloc[0])
    assert events.type.iloc[0] in said
    said = explain(out, events.event_id.iloc[0], events.event_id.iloc[1])
    assert events.event_id.iloc[1] in said
    assert "participants" in said


def test_what_is_unknown_is_told(out: Path, tmp_path: Path) -> None:
    assert "no entity or event is called 'Никто'" in explain(out, "Никто", code=2)
    assert "no store in" in explain(tmp_path, "Никто", code=2)
