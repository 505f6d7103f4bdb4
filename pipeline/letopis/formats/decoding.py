"""Bytes -> text: UTF-8 with or without BOM, UTF-16, and the three eight-bit encodings of Russian files.

Contract: an encoding is taken only where all bytes fit it and the result reads as text; else Unreadable. Characters are
repaired one for one, so that offsets stay: a few NULs and lone surrogates become U+FFFD. Eight-bit encodings are told apart
by how common their pairs of letters are in Russian.
"""

import re
from itertools import pairwise

from letopis.formats.errors import Unreadable

BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_EIGHT_BIT = ("cp1251", "koi8-r", "cp866")
_COMMON = (                               # two thirds of all pairs of letters in Russian
    "ст ни ен ро ра ов на то но ко по ре пр ан ос ер го та ор ли ва ал не во ет де од ск ин ом те ти от ле ри ол ел ка ны за "
    "ла он ит ль ес ат об ог ил ве ед да со ме тр ло ав ви ми ак ия ой ии ас ки ар ис до ть тв ци че ик ем нн ам ие мо си се "
    "ру аз сс бо из ма им ди ся ир же ий пе нт сл ей вы чт ьн ев кр"
)
_PAIRS = frozenset(_COMMON.split())
_LIKELY_ENOUGH = 0.25                     # of 100 letters and more, Russian has 0.42 to 0.75, a misreading up to 0.35
_ENOUGH = 20_000                          # bytes that tell an encoding
_ASCII = bytes(range(128))
_UTF16 = {"utf-16-le": 1, "utf-16-be": 0}
_SURROGATE = re.compile("[\ud800-\udfff]")
_READABLE = re.compile("[\t\r\n -~\xa0«»\u0400-\u04ff\u2010-\u2026№]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
_DAMAGE = re.compile("[\0-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_INVISIBLE = re.compile("[\\s\x01-\x1f\x7f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffd]*")


def decode(content: bytes) -> str:
    """The text of a file, repaired, without its BOM. Raises Unreadable."""
    codec = codec_of(content)
    try:
        text = content.decode(codec, "surrogatepass" if codec.startswith("utf") else "strict")
    except UnicodeDecodeError as cause:
        raise Unreadable("bad_encoding", f"its bytes at {cause.start:,} are not {codec}") from cause
    return repaired(text.removeprefix("\ufeff"))


def codec_of(sample: bytes) -> str:
    """The encoding of a file by its first bytes; 'utf-8' also where only a few bytes are broken. Raises Unreadable."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16-le" if sample.startswith(b"\xff\xfe") else "utf-16-be"
    wide = next((codec for codec in _UTF16 if _looks_wide(sample, codec)), None)
    return wide or (_eight_bit(sample) if _much_is_broken(sample) else "utf-8")


def repaired(text: str) -> str:
    """Lone surrogates and single NULs as U+FFFD. Raises Unreadable for what is ridden with NULs and controls."""
    if not _DAMAGE.search(text):
        return text
    _check_nuls(text.count("\0"), len(text))
    if len(_CONTROL.findall(text)) > 3 + len(text) / 20:
        raise Unreadable("not_text", "it is full of control characters: no text")
    return _SURROGATE.sub("\ufffd", text.replace("\0", "\ufffd"))


def _check_nuls(nuls: int, length: int) -> None:
    if nuls > 3 and nuls > length / 100:
        raise Unreadable("not_text", "it is full of NULs: no text")


def is_blank(text: str) -> bool:
    """Nothing to see: spaces, marks without width, and what was broken."""
    return _INVISIBLE.fullmatch(text) is not None


def _looks_wide(sample: bytes, codec: str) -> bool:
    """UTF-16 without BOM: of every two bytes one is 0 (Latin, digits, spaces) or 4 (Cyrillic), and it reads as text."""
    high = sample[_UTF16[codec]:_ENOUGH:2]
    if len(high) <= 3 or high.count(0) + high.count(4) <= 0.85 * len(high):
        return False
    text = sample[:len(high) * 2].decode(codec, "replace")
    return len(_READABLE.findall(text)) > 0.85 * len(text)


def _much_is_broken(sample: bytes) -> bool:
    """'При\\xffвет' is UTF-8 with a broken byte; of cp1251 nothing but Latin would be left."""
    try:
        sample.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as cause:
        if len(sample) - cause.start < 4 and cause.reason == "unexpected end of data":
            return False
        text = sample.decode("utf-8", "replace")
        return text.count("\ufffd") * 4 > sum(map(str.isalpha, re.findall(r"[^\x00-\x7f\ufffd]", text)))
    return False


def _eight_bit(sample: bytes) -> str:
    _check_nuls(sample.count(0), len(sample))
    telling = sample[len(sample) - len(sample.lstrip(_ASCII)):][:_ENOUGH]
    score, codec = max((_likeness(telling, codec), codec) for codec in _EIGHT_BIT)
    if score < _LIKELY_ENOUGH:
        raise Unreadable("bad_encoding", f"its bytes are neither UTF-8 nor UTF-16 nor Russian in {', '.join(_EIGHT_BIT)}")
    return codec


def _likeness(sample: bytes, codec: str) -> float:
    """Share of common pairs, less that of a capital after a small letter: 'Привет' in cp1251 is 'оПХБЕР' in KOI8-R."""
    text = sample.decode(codec, "replace")
    pairs = [one + next_ for one, next_ in pairwise(text) if one > "\x7f" and next_ > "\x7f"]
    common = sum(pair.lower() in _PAIRS for pair in pairs)
    broken = sum(pair[0].islower() and pair[1].isupper() for pair in pairs)
    return (common - broken) / max(len(pairs), 1)
