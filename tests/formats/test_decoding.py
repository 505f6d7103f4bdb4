import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.formats.decoding import codec_of, decode
from letopis.formats.errors import Unreadable

from .conftest import RUSSIAN

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", [
    RUSSIAN, RUSSIAN.upper(), RUSSIAN * 40 + "\r\n", "Открыт мост, пишет «Вестник»", "Снег",
])
def test_encodings_of_russian_files(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding, "ignore")) == text.encode(encoding, "ignore").decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_an_encoding_is_told_behind_much_latin(encoding: str) -> None:
    assert codec_of(b"x" * 100_000 + RUSSIAN.encode(encoding)) == encoding


def test_ukrainian_in_cp1251() -> None:
    text = "Президент України підписав закон про державний бюджет."
    assert decode(text.encode("cp1251")) == text


@pytest.mark.parametrize("content", [
    "Мост".encode() + b"\xff" + "открыт, его строили".encode(),               # one broken byte in UTF-8
    "Мост открыт"[:-1].encode() + "т".encode()[:1],                            # cut in a letter
    "Le président français a été élu à l'unanimité".encode("latin-1"),
    "Příliš žluťoučký kůň úpěl ďábelské ódy".encode("cp1250"),
    "Мост".encode("utf-16") + b"\0",
    bytes(range(1, 256)) * 20,
])
def test_bytes_of_unknown_or_broken_encodings_are_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(content)


def test_damage_is_repaired_one_for_one() -> None:
    assert decode("Мо\0ст".encode()) == "Мо\ufffdст"
    assert decode(b"\xed\xa0\x80" + "мост".encode()) == "\ufffdмост"             # a lone surrogate, written in UTF-8
    assert decode("мо".encode("utf-16") + b"\x00\xd8" + "ст".encode("utf-16-le")) == "мо\ufffdст"


@pytest.mark.parametrize("content", [b"\0" * 99, b"a\0\0b" * 50, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9, b"\x01\x02\x03" * 9])
def test_what_is_full_of_nuls_and_controls_is_no_text(content: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(content)


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\ufeff"), max_size=60))
def test_utf8_comes_back(text: str) -> None:
    try:
        assert decode(text.encode("utf-8-sig")) == text
    except Unreadable as cause:
        assert cause.error == "not_text"


@given(st.one_of(st.binary(max_size=300), st.binary(max_size=60).map(lambda b: b * 20)))
def test_any_bytes_are_text_or_are_refused(content: bytes) -> None:
    try:
        text = decode(content)
    except Unreadable as cause:
        assert cause.error in ("bad_encoding", "not_text")
        return
    text.encode("utf-8")
