"""From bytes to text: UTF-8 for files, and what a page says about itself for HTML."""

import codecs
import re

from ingest.rejection import Rejected

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# Where HTML asks for the declaration to stand.
HEAD_BYTES = 1024


def utf8(data: bytes) -> str:
    """Text of a file.

    Raises:
        Rejected: empty, or not UTF-8.
    """
    if not data.strip():
        raise Rejected("empty file")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\0", "")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        raise Rejected(f"not UTF-8 (byte 0x{byte:02x} at offset {error.start}); save it as UTF-8") from error


def page(data: bytes, content_type: str) -> str:
    """Text of a page: by its mark, else the header, else its own declaration, else UTF-8, else Windows-1252.

    Raises:
        Rejected: empty.
    """
    if not data.strip():
        raise Rejected("empty page")
    for mark, name in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    named = CHARSET.search(content_type.encode()) or CHARSET.search(data[:HEAD_BYTES])
    for encoding in (named.group(1).decode() if named else "utf-8", "utf-8"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")
