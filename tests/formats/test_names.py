import time

import pytest

from letopis.formats.names import locate


@pytest.mark.parametrize(("name", "field"), [
    ("title", "title"), ("Headline", "title"), ("og:title", "title"), ("заголовок", "title"),
    ("titel", "title"), ("tittle", "title"), ("datetime", "published"),
    ("published", "published"), ("pubDate", "published"), ("publised", "published"), ("date", "published"),
    ("Дата публикации", "published"), ("keyword", "keywords"), ("keywrods", "keywords"), ("tags", "keywords"),
    ("topic", "sections"), ("section", "sections"), ("rubric", "sections"), ("body", "text"), ("content", "text"),
    ("link", "url"), ("archive", "archive_url"), ("autor", "author"), ("langauge", "language"), ("desription", "description"),
])
def test_synonyms_and_slips(name: str, field: str) -> None:
    assert locate((name,), ()) == {field: name}


@pytest.mark.parametrize("name", ["test", "next", "context", "archived", "dates?", "views", "data", "size", "titular"])
def test_strangers(name: str) -> None:
    assert locate((name,), ()) == {}


def test_many_strangers_are_soon_looked_through() -> None:
    names = tuple(f"имяполя{i}" for i in range(50_000))
    start = time.process_time()
    assert locate((*names, "titel"), ()) == {"title": "titel"}
    assert time.process_time() - start < 5                             # 50 s when every slip of every name was spelled out


def test_the_most_telling_name_wins() -> None:
    assert locate(("date", "published", "created_at"), ())["published"] == "published"
    assert locate(("publisher", "publication"), ()) == {"publication": "publication"}


def test_a_slip_never_takes_the_place_of_the_right_name() -> None:
    assert locate(("titel", "title"), ())["title"] == "title"


def test_the_users_own_names_go_first() -> None:
    assert locate(("text", "raw"), (("text", "raw"),))["text"] == "raw"
    assert locate(("text",), (("text", "raw"),))["text"] == "text"           # files that lack it are read as usual
