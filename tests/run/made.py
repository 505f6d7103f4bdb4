"""Made-up news by the hundred: short, over four months, with people, towns and organisations that come again."""

import random
from pathlib import Path

PEOPLE = ("Анна Гурова", "Сергей Латышев", "Мария Котова", "Олег Дёмин", "Ирина Савельева", "Пётр Жилин", "Дарья Юдина")
TOWNS = ("Самаре", "Вологде", "Казани", "Рыбинске", "Омске", "Батуми")
BODIES = ("Министерство культуры", "Фонд «Северный ветер»", "Администрация города", "Союз краеведов (СК)")
DEEDS = (
    "{who} открыла выставку в {town} 3 марта.", "{body} объявило конкурс в {town}.", "{who} сообщила, что форум пройдёт в {town}.",
    "В {town} арестован директор склада {who}.", "{who} посетила {town} вместе с делегацией, в которую вошли 12 человек.",
    "{body} и {who} подписали соглашение на 3 млн рублей.",
)


def text_of(number: int, edition: int = 0) -> str:
    """The article of a number; editions of it differ in their text, never in their date."""
    rng = random.Random(f"{number}/{edition}")
    month, day = 1 + number % 4, 1 + number % 27
    body = [rng.choice(DEEDS).format(who=rng.choice(PEOPLE), town=rng.choice(TOWNS), body=rng.choice(BODIES)) for _ in range(2)]
    return f"---\ntitle: Новость {number}\npublished: '2024-{month:02}-{day:02}T10:00:00+03:00'\n---\n\n{' '.join(body)}\n"


def write(folder: Path, number: int, *, edition: int = 0, name: str | None = None) -> Path:
    """The article of a number as a file."""
    path = folder / (name or f"{number:04}.md")
    path.write_text(text_of(number, edition), encoding="utf-8")
    return path


def make_corpus(folder: Path, count: int) -> Path:
    """Articles 0 to count - 1 in a new folder."""
    folder.mkdir(parents=True)
    for number in range(count):
        write(folder, number)
    return folder
