"""Names of files out of ids: whatever an id holds, it stays one plain name inside its folder."""

from urllib.parse import quote

from letopis.ids import digest

_LONGEST = 120                        # characters; every file system takes 255 bytes


def file_name(name: str) -> str:
    """'ab12' stays; '../x' becomes '%2E.%2Fx'; what is too long ends with a hash of the whole."""
    escaped = quote(name, safe="._-") or "%"
    if escaped.startswith((".", "-")):
        escaped = f"%{ord(escaped[0]):02X}{escaped[1:]}"
    return escaped if len(escaped) <= _LONGEST else f"{escaped[:_LONGEST - 17]}~{digest(name)}"
