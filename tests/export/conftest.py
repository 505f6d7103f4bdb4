"""A store of articles that were written to break exports, beside the sample's."""

from pathlib import Path

import pytest

from tests.conftest import night

HOSTILE = {
    "formula.md": '---\ntitle: "=HYPERLINK(\\"http://evil.example\\")"\nurl: https://a.example/1\n'
                  'author: "@cmd"\ndate: 2024-03-01\n---\n'
                  "+7 звонков получил губернатор Томской области Иван Ложкин. 'Завтра' он посетит Томск.\n",
    "markup.md": '---\ntitle: "<script>alert(1)</script> & Анна Ёлкина прибыла в Псков"\n'
                 'url: "не адрес; вовсе"\ndate: 2024-03-02\n---\n'
                 "Анна Ёлкина, директор ООО «Заря & К°», встретилась с Петром Осиным в Пскове.\n\n"
                 "Она откроет 5 марта 2024 года в Пскове выставку; «билеты, \\ буклеты» готовы.\n",
    "breaks.txt": "Министерство\r\nфинансов\r\nСаратовской области\tобъявило конкурс.\r\n\r\n"
                  "Глава ведомства Олег Дёмин уехал в Тулу\u2028и вернулся \x0bв Саратов.\r\n",
}


@pytest.fixture(scope="session")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Formulas, mark-up, line breaks of every kind; read it, never write into it."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, text in HOSTILE.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    night(folder, folder / "out")
    return folder / "out"


@pytest.fixture(params=["sample", "hostile"], scope="session")
def store(request: pytest.FixtureRequest) -> Path:
    """Both stores."""
    return request.getfixturevalue(f"{request.param}_store")
