"""A zoo of hostile and broken input: `python -m tests.zoo.make FOLDER` writes every creature, the same bytes each time.

With each creature stands what must come of it: the rejects, the documents that are kept, and what can be read and found in these.
"""

import gzip
import io
import json
import os
import socket
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

PERSON = "Анна Гурова"
NEWS = "Анна Гурова открыла выставку в Самаре 3 марта. Об этом сообщила пресс-служба администрации города."
WORDS = ("мост", "город", "Самара", "Анна", "Гурова", "открыла", "выставку", "форум", "министр", "сообщил", "что", "завод")
URL = "https://example.com/1"
PAGE = "<!doctype html><html><head><title>{title}</title></head><body><article>{body}</article></body></html>"
LONG_ENOUGH = f"<p>{NEWS}</p>" * 4

Make = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Creature:
    """One file, and what must come of it. `path` is its name in the tables."""

    name: bytes
    make: Make
    rejects: tuple[str, ...] = ()         # 'stage error' each, 'record stage error' of files of many; any order
    documents: int = 0
    text: str = ""                        # stands in every document's text
    finds: str = ""                       # a mention's nominative in every document
    path: str = ""

    def place(self, folder: Path) -> None:
        """Write it."""
        self.make(folder / os.fsdecode(self.name))


def bytes_of(content: str | bytes) -> Make:
    """A file of this content; text is UTF-8, lone surrogates kept."""
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    return lambda file: file.write_bytes(data)


def kept(name: str | bytes, content: str | bytes, *rejects: str, text: str = "", finds: str = PERSON, count: int = 1) -> Creature:
    """One whose documents are annotated."""
    plain = name.encode() if isinstance(name, str) else name
    return Creature(plain, bytes_of(content), rejects, count, text, finds, os.fsdecode(plain))


def lost(name: str, make: str | bytes | Make, *rejects: str) -> Creature:
    """One of which nothing is kept but why."""
    return Creature(name.encode(), make if callable(make) else bytes_of(make), rejects, path=name)


def article(header: str, body: str = NEWS) -> str:
    """A Markdown article."""
    return f"---\n{header}\npublished: 2024-03-05\n---\n\n{body}\n"


def titled(body: str) -> str:
    """The article 'Мост'."""
    return article("title: Мост", body)


def record(**values: object) -> str:
    """A line of JSONL."""
    return json.dumps({"id": "1", "text": NEWS, "published": "2024-03-05"} | values, ensure_ascii=False) + "\n"


def laughs() -> str:
    """A billion of them, if aliases were followed."""
    lines = ['a: &a ["ха", "ха", "ха", "ха", "ха", "ха", "ха", "ха", "ха", "ха"]']
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    return "\n".join(lines)


def parquet(columns: dict[str, object]) -> bytes:
    """A Parquet file."""
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink, compression="zstd")
    return sink.getvalue()


def words(count: int, between: str) -> str:
    """So many words."""
    return between.join(WORDS[i % len(WORDS)] for i in range(count))


def stretched(unit: bytes, size: int) -> Make:
    """A file of `size` bytes made of one unit, written in pieces."""
    def make(file: Path) -> None:
        piece = unit * max(1, (1 << 20) // len(unit))
        with file.open("wb") as out:
            for _ in range(size // len(piece)):
                out.write(piece)
            out.write(unit * ((size % len(piece)) // len(unit)))
    return make


def bomb(file: Path) -> None:
    """A gibibyte of zeros in a megabyte."""
    with gzip.GzipFile(file, "wb", mtime=0) as out:
        for _ in range(1 << 10):
            out.write(bytes(1 << 20))


def parquet_bomb(file: Path) -> None:
    """One long text that a dictionary points to two million times."""
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 2_000_000, pa.int32()), pa.array([NEWS * 100_000]))
    pq.write_table(pa.table({"text": text}), file, compression="zstd")


def bound_socket(file: Path) -> None:
    """A socket; its name must be short, so it is made where it lies."""
    here = Path.cwd()
    os.chdir(file.parent)
    try:
        with socket.socket(socket.AF_UNIX) as plug:
            plug.bind(file.name)
    finally:
        os.chdir(here)


def device(file: Path) -> None:
    """/dev/zero under another name; a FIFO where that is not allowed to be made."""
    try:
        os.mknod(file, stat.S_IFCHR | 0o600, os.makedev(1, 5))
    except PermissionError:
        os.mkfifo(file)


def _yaml() -> Iterator[Creature]:
    yield kept("laughs.md", article(laughs()), "header bad_header")
    yield kept("nested-header.md", article(f"a: {'{b: ' * 5_000}{'}' * 5_000}"), "header bad_header")
    yield kept("tag.md", article("title: !!python/object/apply:os.system ['touch owned']"), "header bad_header")
    yield kept("tag-new.md", article("title: !!python/object/new:subprocess.Popen [[touch, owned]]"), "header bad_header")
    yield kept("long-header.md", article(f"note: {'а' * 300_000}"), "header bad_header")
    yield kept("thousand-names.md", article("\n".join(f"имя{i}: {i}" for i in range(5_000))))
    yield kept("year-20023.md", f"---\npublished: 20023-03-05\n---\n\n{NEWS}", "header bad_date")
    yield kept("31-february.md", f"---\npublished: 2024-02-31\n---\n\n{NEWS}", "header bad_date")
    yield kept("nan.md", article("title: .nan\nkeywords: .inf"))


def _characters() -> Iterator[Creature]:
    yield kept("one-nul.md", titled(NEWS.replace("выставку", "вы\0ставку")), text="вы\ufffdставку")
    yield lost("nuls.md", NEWS.replace(" ", "\0\0"), "format not_text")
    yield lost("controls.txt", "\x01\x02\x03\x04" * 500, "format not_text")
    yield kept("surrogate.md", titled(NEWS.replace("выставку", "вы\ud83dставку")), text="вы\ufffdставку")
    yield kept("surrogate.jsonl", json.dumps({"id": "1", "text": NEWS + " \ud83d \ude00"}) + "\n", text="\ufffd \ufffd")
    yield lost("broken-middle.md", NEWS.encode() + b"\xff\xfe\xd0" + NEWS.encode(), "format bad_encoding")
    yield kept("cp1251.txt", NEWS.encode("cp1251"), text=NEWS)
    yield kept("koi8.txt", NEWS.encode("koi8-r"), text=NEWS)
    yield kept("utf16.md", article("title: Мост").encode("utf-16"), text=NEWS)
    yield kept("utf16-no-bom.txt", NEWS.encode("utf-16-be"), text=NEWS)
    yield kept("right-to-left.md", titled(f"\u202e\u200f{NEWS}\u202c Слово שלום и \u2067слово\u2069."), text=NEWS)
    yield kept("zero-width.md", titled(NEWS.replace("выставку", "вы\u200bста\u2060вку")), text="вы\u200bста\u2060вку")
    latin = NEWS.replace("Самаре", "Caмape").replace("Анна", "Aннa")
    yield kept("latin.md", titled(latin), text="Caмape", finds="Caмape")  # not folded
    yield kept("stress.md", titled("Поэт Иван Черё\u0301мин приехал в Самару."), text="Черё\u0301мин", finds="Иван Черёмин")
    decomposed = f"{NEWS} Приехал Андрей Дёмин.".replace("ё", "е\u0308").replace("й", "и\u0306")
    yield kept("decomposed.md", titled(decomposed), finds="Андрей Дёмин")
    yield kept("emoji.md", article("title: Мост 🌉🇷🇺", f"🔥👩‍👩‍👧‍👦 {NEWS} 🎉" + "🙂" * 500), text="👩‍👩‍👧‍👦")
    yield kept("soft-hyphens.md", titled(NEWS.replace("выставку", "вы\xadстав\xadку")), text="вы\xadстав\xadку")
    yield kept("zalgo.md", titled(NEWS + " " + "".join(c + "\u0301\u0316\u0334" * 20 for c in "мост")), text="Гурова")


def _markup() -> Iterator[Creature]:
    markup = f'<div onclick="alert(1)"><b>{NEWS}</b></div>\n\n<script>alert("1")</script>\n\n<!-- {NEWS}\n'
    yield kept("html-in.md", article("title: Мост", markup), text="<script>")
    yield kept("script-title.md", article("title: '<script>document.title=\"owned\"</script><img src=x onerror=alert(1)>'"))
    yield kept("script-name.md", article("title: Мост", f"{NEWS} В город приехал директор <b>«<script>alert(1)</script>»</b>."))
    yield kept("quotes.md", article("title: Мост", f"{'>' * 5_000} {NEWS}\n\n{'*' * 5_000}{NEWS}{'[' * 5_000}"))
    yield kept("links.md", article("title: Мост", f"{'[[' * 3_000}{NEWS}{']]' * 3_000}" + "![Мост](" * 2_000))
    yield kept("page.html", PAGE.format(title="<script>alert(1)</script>", body=LONG_ENOUGH), finds=PERSON)
    yield lost("nested.html", PAGE.format(title="Мост", body="<div>" * 20_000 + LONG_ENOUGH), "format no_body")
    yield kept("entities.html", PAGE.format(title="&lt;b&gt;", body=LONG_ENOUGH + "&#0;&#xD800;&#x110000;&bogus;"))
    yield lost("no-article.html", "<html>" + "<i>" * 10_000, "format no_body")


def _tables() -> Iterator[Creature]:
    yield kept("formula.csv", f'id,title,text\n1,"=HYPERLINK(""http://e.com"")","{NEWS}"\n2,@SUM(1),"=1+1 {NEWS}"\n', count=2)
    yield kept("open-quote.csv", f'id,text\n1,{NEWS}\n2,"открыта\n3,{NEWS}\n', "2 record broken_row", count=2)
    yield kept("short-row.csv", f"id,url,text\n1,x,{NEWS}\n2\n3,y,{NEWS}\n", "2 record broken_row", count=2)
    yield lost("no-column.csv", "a,b\n1,2\n", "format no_text_column")
    yield kept("nested.jsonl", record() + "[" * 100_000 + "\n" + record(id="2"), "2 record broken_json", count=2)
    yield kept("nested-value.jsonl", record(keywords=json.loads("[" * 500 + "]" * 500)))
    yield kept("numbers.jsonl", '{"id": ' + "9" * 5_000 + ', "text": "1"}\n' + record(id="2"), "1 record broken_json")
    yield kept("types.jsonl", record() + '{"text": 5}\n{"text": null}\nnull\n' + record(id="2", title={"a": 1}, published=[1]),
               "2 record bad_field", "3 record no_text", "4 record broken_json", "5 header bad_field", "5 header bad_date", count=2)
    yield kept("ids.jsonl", record(id="../../etc/passwd") + record(id="/tmp/x\0y\n"), count=2)
    yield kept("million-keywords.jsonl", record(keywords=[f"к{i}" for i in range(100_000)]))
    yield lost("long-title.jsonl", record(title="Мост " * 100_000), "1 record too_long")
    yield kept("rows.parquet", parquet({"id": ["1", "2"], "text": [NEWS, None]}), "2 record no_text")
    yield lost("cut.parquet", parquet({"text": [NEWS] * 100})[:-40], "format corrupt")
    yield lost("garbage.parquet", b"PAR1" + bytes(range(256)) * 20 + b"PAR1", "format corrupt")


def _sizes() -> Iterator[Creature]:
    sentence = (" ".join(WORDS) + " ").encode()
    yield lost("sentence-50-mb.txt", stretched(sentence, 50_000_000), "format too_large")
    yield lost("sentence-50-mb.jsonl", stretched(sentence, 50_000_000), "1 record too_large")
    yield lost("million-lines.txt", words(1_000_000, "\n"), "format too_long")
    yield lost("bomb.txt.gz", bomb, "format packing_bomb")
    yield lost("bomb.jsonl.gz", bomb, "format packing_bomb")
    yield lost("bomb.zst.md", zstandard.compress(bytes(1 << 28)), "format packing_bomb")
    yield lost("bomb.parquet", parquet_bomb, "format packing_bomb")
    yield lost("bomb-in-bomb.md.gz", gzip.compress(gzip.compress(bytes(1 << 20), mtime=0), mtime=0), "format not_text")
    yield lost("cut.md.gz", gzip.compress(article("title: Мост").encode(), mtime=0)[:-20], "format corrupt")
    yield lost("empty.md", b"", "format empty")
    yield lost("blank.md", " \u200b\n\xad" * 50, "format empty")
    yield lost("header-only.md", "---\ntitle: Мост\n---\n", "format no_body")


def _places() -> Iterator[Creature]:
    yield lost("out.md", lambda file: file.symlink_to("/etc/passwd"), "format link_outside")
    yield lost("tree", lambda file: file.symlink_to("/usr/share"), "format link_outside")
    yield lost("loop.md", lambda file: file.symlink_to("loop.md"), "format link_loop")
    yield lost("up", lambda file: file.symlink_to(".."), "format link_loop")
    yield lost("nowhere.md", lambda file: file.symlink_to("is-not-here.md"), "format vanished")
    yield lost("pipe.md", os.mkfifo, "format not_a_file")
    yield lost("plug.md", bound_socket, "format not_a_file")
    yield lost("zero.md", device, "format not_a_file")
    yield lost("program.exe", b"MZ" + bytes(100), "format unknown_format")
    yield Creature("новость.md".encode("cp1251"), bytes_of(NEWS), (), 1, NEWS, PERSON, "%ED%EE%E2%EE%F1%F2%FC.md")
    yield Creature(b"line\nbreak.md", bytes_of(NEWS), (), 1, NEWS, PERSON, "line%0Abreak.md")
    yield Creature(b"-rf \"'$(touch owned)`.md", bytes_of(NEWS), (), 1, NEWS, PERSON, "-rf %22%27$(touch owned)`.md")
    yield kept("я" * 120 + ".md", NEWS)
    yield kept("one-url-a.md", article(f"url: {URL}", NEWS))
    yield kept("one-url-b.md", article(f"url: {URL}", NEWS + " Вход свободный."))


GROWING = "growing.jsonl"                 # somebody writes to it while it is read
ENGLISH = "The president signed the new law on Tuesday, according to the press service of the government."


def growing(file: Path) -> None:
    """Long enough to read to be caught growing: English, which is kept and not annotated."""
    file.write_text("".join(json.dumps({"id": str(i), "text": f"{ENGLISH} {i}"}) + "\n" for i in range(2_000)), encoding="utf-8")


def _slow() -> Iterator[Creature]:
    """At the limits: annotated, and the dearest of all."""
    yield kept("long-sentence.txt", words(14_000, " "), text="мост")
    yield kept("long-word.txt", f"{NEWS} {'ы' * 90_000}")


CREATURES: tuple[Creature, ...] = (*_yaml(), *_characters(), *_markup(), *_tables(), *_sizes(), *_places())
SLOW: tuple[Creature, ...] = tuple(_slow())


def make(folder: Path, creatures: tuple[Creature, ...] = CREATURES + SLOW) -> None:
    """Write them into a new folder."""
    folder.mkdir(parents=True)
    for creature in creatures:
        creature.place(folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
