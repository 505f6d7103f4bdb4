"""A file as a stream of bytes: opened safely, unpacked within bounds, recoded to UTF-8, cut into lines.

Contract: memory is bounded whatever the file holds; whatever is wrong with it raises Unreadable with a reason (or the
OSError of the file system). It knows of packings and encodings, not of articles.
"""

import hashlib
import io
import os
import stat
import zlib
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import zstandard

from letopis.formats.decoding import BOMS, codec_of
from letopis.formats.errors import Unreadable
from letopis.formats.options import Limits

SAMPLE = 1 << 16                          # bytes by which a format or an encoding is told
_GZIP_FEED = 1 << 14
_GZIP_BURST = 1 << 20                     # zlib hands out at most this much at a time
_ZSTD_FEED = 512                          # zstd has no such bound: 512 bytes may hold 170 blocks of 128 kB
_ZSTD_WINDOW = 1 << 27


@contextmanager
def opened(file: Path) -> Iterator[io.BufferedReader]:
    """Open a regular file: no link is followed, and no FIFO that has taken the file's place can make us wait."""
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    stream: io.BufferedReader = io.BufferedReader(io.FileIO(descriptor), SAMPLE)
    with stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unreadable("not_a_file", "it is no regular file any more")
        yield stream


def unpacked(stream: io.BufferedReader, limits: Limits) -> io.BufferedReader:
    """The stream from its beginning, unpacked where its first bytes say gzip or zstd."""
    stream.seek(0)
    start = stream.peek(4)[:4]
    unpack = next((unpack for magic, unpack in _PACKINGS.items() if start.startswith(magic)), None)
    return _reader(_bounded(unpack(stream), stream, limits)) if unpack else stream


def utf8(stream: io.BufferedReader) -> io.BufferedReader:
    """The stream in UTF-8 without BOM, its encoding told by its first bytes. Later bytes may still be broken."""
    sample = stream.peek(SAMPLE)[:SAMPLE]
    codec = codec_of(sample)
    stream.read(len(next((bom for bom in BOMS if sample.startswith(bom)), b"")))
    return stream if codec == "utf-8" else _reader(_recoded(stream, codec))


def whole(stream: io.BufferedReader, limits: Limits, most: int) -> tuple[bytes, str]:
    """The unpacked bytes of a file of one document and the sha256 of the file as it is; the file is read once."""
    stream.seek(0)
    packed = stream.read(most + 1)
    _check_size(packed, most)
    content = unpacked(io.BufferedReader(io.BytesIO(packed)), limits).read(most + 1)
    _check_size(content, most)
    return content, hashlib.sha256(packed).hexdigest()


def _check_size(content: bytes, most: int) -> None:
    if len(content) > most:
        raise Unreadable("too_large", f"it has more than {most:,} bytes, the limit of the configuration for one document")


def lines(stream: io.BufferedReader, most: int) -> Iterator[bytes | None]:
    """Lines with their ends; None for one of more than `most` bytes, which is read over in pieces."""
    while line := stream.readline(most + 1):
        if len(line) <= most or line.endswith(b"\n"):
            yield line
        else:
            while (rest := stream.readline(SAMPLE)) and not rest.endswith(b"\n"):
                pass
            yield None


class _Chunks(io.RawIOBase):
    """An iterator of chunks as something that io.BufferedReader can read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""
        self._taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as there are chunks, so that a sample is not cut where a chunk ends."""
        filled = 0
        while filled < len(buffer) and self._more():
            piece = self._rest[self._taken:self._taken + len(buffer) - filled]
            buffer[filled:filled + len(piece)] = piece
            self._taken += len(piece)
            filled += len(piece)
        return filled

    def _more(self) -> bool:
        while self._taken == len(self._rest):
            self._rest, self._taken = next(self._chunks, b""), 0
            if not self._rest:
                return False
        return True


def _reader(chunks: Iterator[bytes]) -> io.BufferedReader:
    return io.BufferedReader(_Chunks(chunk for chunk in chunks if chunk), SAMPLE)


def _bounded(chunks: Iterator[bytes], packed: io.BufferedReader, limits: Limits) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limits.unpacked_bytes:
            raise Unreadable("too_large", f"it unpacks to more than {limits.unpacked_bytes:,} bytes")
        if total > limits.ratio_counts_from and total > limits.packing_ratio * packed.tell():
            raise Unreadable("packing_bomb", f"it unpacks to more than {limits.packing_ratio} times its size")
        yield chunk


def _gunzip(stream: io.BufferedReader) -> Iterator[bytes]:
    inflate, fed = zlib.decompressobj(wbits=31), b""
    try:
        while fed := fed or stream.read(_GZIP_FEED):
            if inflate.eof:                               # a second member, or zeros that fill a tape's block
                fed = fed.lstrip(b"\0")
                inflate = zlib.decompressobj(wbits=31) if fed else inflate
                continue
            yield inflate.decompress(fed, _GZIP_BURST)
            fed = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
        while rest := inflate.decompress(b"", _GZIP_BURST):
            yield rest
    except zlib.error as cause:
        raise Unreadable("corrupt", f"its gzip data are corrupt ({cause})") from cause
    if not inflate.eof:
        raise Unreadable("corrupt", "its gzip data end too early: the file is truncated")


def _unzstd(stream: io.BufferedReader) -> Iterator[bytes]:
    unpacker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    frame, fed = unpacker.decompressobj(), b""
    try:
        while fed := fed or stream.read(_ZSTD_FEED):
            if frame.eof:
                frame = unpacker.decompressobj()
            yield frame.decompress(fed)
            fed = frame.unused_data if frame.eof else b""
    except zstandard.ZstdError as cause:
        raise Unreadable("corrupt", f"its zstd data are corrupt ({cause})") from cause
    if not frame.eof:
        raise Unreadable("corrupt", "its zstd data end too early: the file is truncated")


def _recoded(stream: io.BufferedReader, codec: str) -> Iterator[bytes]:
    decoder = getincrementaldecoder(codec)("surrogatepass" if codec.startswith("utf-16") else "strict")
    try:
        while chunk := stream.read(SAMPLE):
            yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
        yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")
    except UnicodeDecodeError as cause:
        raise Unreadable("bad_encoding", f"it begins in {codec}, but has bytes that are not ({cause.reason})") from cause


_PACKINGS: dict[bytes, Callable[[io.BufferedReader], Iterator[bytes]]] = {
    b"\x1f\x8b": _gunzip,
    b"\x28\xb5\x2f\xfd": _unzstd,
}
