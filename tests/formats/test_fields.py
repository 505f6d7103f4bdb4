from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.formats.fields import as_text, named_value, read_metadata
from letopis.formats.options import Options


def metadata(**raw: object) -> dict[str, object]:
    found = read_metadata(raw, Options())                                    # type: ignore[arg-type]
    return {name: value for name in found.__slots__ if (value := getattr(found, name)) not in (None, ())}


@pytest.mark.parametrize(("name", "written", "field", "value"), [
    ("title", " Мост открыт ", "title", "Мост открыт"),
    ("title", "[[Мост|Мосты]]", "title", "Мост"),
    ("title", "Был [[Мэр|мэром]]", "title", "Был [[Мэр|мэром]]"),               # mark-up inside is the readings' matter
    ("title", 2020, "title", "2020"),
    ("title", ["Мост", "открыт"], "title", "Мост, открыт"),
    ("title", "Мо\0ст", "title", "Мо\ufffdст"),
    ("title", "Мост\ud800", "title", "Мост\ufffd"),
    ("publication", "[[Вестник]]", "publication", "Вестник"),
    ("publication", [["Вестник"]], "publication", "Вестник"),
    ("author", ["Анна Л.", "[[Пётр О.|Пётр]]"], "author", "Анна Л., Пётр О."),
    ("keywords", ["[[Москва]]", "[[Казань|казанский]]", "", None], "keywords", ("Москва", "Казань")),
    ("keywords", "Москва", "keywords", ("Москва",)),
    ("keywords", "Москва, Казань", "keywords", ("Москва", "Казань")),
    ("keywords", "Иванов, Иван; Москва", "keywords", ("Иванов, Иван", "Москва")),
    ("keywords", "[[Москва]], [[Форум: день, ночь]]", "keywords", ("Москва", "Форум: день, ночь")),
    ("keywords", "['Мир', \"Жанна д'Арк\"]", "keywords", ("Мир", "Жанна д'Арк")),
    ("keywords", [{"Форум": "итоги"}], "keywords", ("Форум: итоги",)),
    ("tags", ["a", ["b", ["c"]]], "keywords", ("a", "b", "c")),
    ("topic", "Бывший СССР", "sections", ("Бывший СССР",)),
    ("lang", "ru-RU", "language", "ru"),
    ("source", "Вестник", "publication", "Вестник"),
    ("source", "https://example.com/1", "url", "https://example.com/1"),
])
def test_values(name: str, written: object, field: str, value: object) -> None:
    assert metadata(**{name: written}) == {field: value}


def test_absent_and_empty() -> None:
    assert metadata() == metadata(title="", author=None, keywords=None, published="") == {}
    assert read_metadata({"keywords": []}, Options()).keywords == ()
    assert read_metadata({"keywords": None}, Options()).keywords is None


@pytest.mark.parametrize(("name", "written", "error"), [
    ("title", {"a": "b"}, "bad_field"), ("title", True, "bad_field"), ("author", float("inf"), "bad_field"),
    ("keywords", {"a": "b"}, "bad_field"), ("keywords", [{"a": {"b": "c"}}], "bad_field"),
    ("published", "вчера", "bad_date"), ("published", ["2020-01-01"], "bad_date"), ("published", True, "bad_date"),
    ("published", float("inf"), "bad_date"), ("published", "20023-01-01", "bad_date"),
])
def test_what_is_of_the_wrong_type_is_null_and_told(name: str, written: object, error: str) -> None:
    found = read_metadata({name: written}, Options())                        # type: ignore[dict-item]
    assert [problem.error for problem in found.problems] == [error]
    assert found.problems[0].message.startswith(name)
    assert getattr(found, name) is None


def test_the_configured_zone_and_columns() -> None:
    options = Options(timezone="Asia/Vladivostok", columns={"published": "when"})
    found = read_metadata({"when": "2023-11-16 01:00"}, options).published
    assert found is not None
    assert (found.moment.isoformat(), found.day) == ("2023-11-15T15:00:00+00:00", date(2023, 11, 16))


@pytest.mark.parametrize("options", [{"timezone": "Moscow"}, {"timezone": "../etc"}, {"columns": {"titel": "x"}}])
def test_options_that_can_not_be_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"zone|field"):
        Options(**options)                                                   # type: ignore[arg-type]


def test_named_values_are_plain() -> None:
    raw = {"id": 7, "guid": ["a"], "slug": "x"}
    assert named_value(raw, "id", Options()) == "7"                          # type: ignore[arg-type]
    assert named_value(raw, "slug", Options()) == "x"                        # type: ignore[arg-type]
    assert named_value(raw, "guid", Options()) is None                       # type: ignore[arg-type]
    assert named_value(raw, "nothing", Options()) is None                    # type: ignore[arg-type]


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(st.characters(exclude_categories=()))),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=12,
)
NAMES = st.sampled_from(["title", "keywords", "published", "language", "author", "publication", "url", "section", "titel"])


@given(st.dictionaries(NAMES, VALUES))
def test_any_mapping_gives_metadata(raw: dict[str, object]) -> None:
    found = read_metadata(raw, Options())                                    # type: ignore[arg-type]
    for text in (found.title, found.author, found.publication, found.url):
        assert text is None or text.strip()
        assert as_text(text) == text
