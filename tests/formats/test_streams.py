import gzip
import io
import random
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from letopis.formats.errors import Unreadable
from letopis.formats.options import Limits
from letopis.formats.streams import lines, unpacked, utf8, whole

Pack = Callable[[bytes], bytes]
PACKERS: tuple[Pack, ...] = (gzip.compress, zstandard.ZstdCompressor(write_checksum=True).compress)
NOISE = random.Random(1).randbytes(100_000)


def stream(content: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(content))


@pytest.mark.parametrize("pack", [*PACKERS, bytes])
@pytest.mark.parametrize("content", ["мост".encode(), NOISE, b"a" * 3_000_000, NOISE * 30], ids=["word", "noise", "a", "long"])
def test_unpacks(pack: Pack, content: bytes) -> None:
    packed = pack(content)
    assert unpacked(stream(packed), Limits()).read() == content
    again = stream(packed)
    assert [unpacked(again, Limits()).read(), unpacked(again, Limits()).read()] == [content, content]


def test_files_of_several_members() -> None:
    padded = gzip.compress(b"a") + gzip.compress(b"") + gzip.compress(b"b") + b"\0" * 512
    assert unpacked(stream(padded), Limits()).read() == b"ab"
    assert unpacked(stream(zstandard.compress(b"a") + zstandard.compress(b"b")), Limits()).read() == b"ab"


@pytest.mark.parametrize("pack", PACKERS)
def test_what_is_cut_or_corrupt_is_refused_wherever_it_is_cut(pack: Pack) -> None:
    packed = pack(NOISE[:3_000])
    cut = [packed[:end] for end in (*range(4, len(packed), 101), -1)]
    for content in [*cut, packed + b"x", packed[:900] + b"xxx" + packed[903:]]:
        with pytest.raises(Unreadable) as caught:
            unpacked(stream(content), Limits()).read()
        assert caught.value.error == "corrupt"


@pytest.mark.parametrize("pack", PACKERS)
def test_bombs_are_refused_before_they_go_off(pack: Pack) -> None:
    with pytest.raises(Unreadable) as caught:
        unpacked(stream(pack(bytes(50_000_000))), Limits()).read()
    assert caught.value.error == "packing_bomb"
    with pytest.raises(Unreadable) as caught:
        unpacked(stream(pack(NOISE * 2)), Limits(unpacked_bytes=150_000)).read()
    assert caught.value.error == "too_large"


def test_a_whole_file_is_hashed_as_it_is() -> None:
    content, sha256 = whole(stream(b"abc"), Limits(), 3)
    assert (content, sha256) == (b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    for packed in (b"abcd", gzip.compress(b"abcd")):
        with pytest.raises(Unreadable) as caught:
            whole(stream(packed), Limits(), 3)
        assert caught.value.error == "too_large"


@given(st.lists(st.binary(max_size=12).map(lambda line: line.replace(b"\n", b"")), max_size=8), st.integers(1, 9))
def test_lines_over_the_limit_are_none_and_cost_no_neighbour(content: list[bytes], most: int) -> None:
    found = list(lines(stream(b"\n".join(content)), most))
    expected = [line if len(line) <= most else None for line in content]
    assert [line and line.rstrip(b"\n") for line in found] == (expected if content and content[-1] else expected[:-1])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1251", "koi8-r"])
def test_streams_become_utf8(encoding: str) -> None:
    text = "Мост открыт, его строили три года\n" * 5_000
    assert utf8(stream(text.encode(encoding))).read().decode() == text


def test_a_stream_that_changes_its_encoding_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        utf8(stream("Мост\n".encode("utf-16") * 50 + b"\0")).read()
    assert caught.value.error == "bad_encoding"


STARTS = [b"\x1f\x8b", b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd", gzip.compress(b"a" * 50), zstandard.compress(b"a" * 50)]


@given(st.sampled_from(STARTS), st.binary(max_size=60))
def test_any_bytes_unpack_or_are_refused(start: bytes, rest: bytes) -> None:
    try:
        unpacked(stream(start + rest), Limits()).read()
    except Unreadable as cause:
        assert cause.error in ("corrupt", "packing_bomb", "too_large")
