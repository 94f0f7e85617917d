"""A response's body, decoded and never longer than its cap, however small it was on the way."""

import time
import zlib

import httpx

from ingest.fetching.failures import NotFetched, Unanswered

# Encodings that zlib tells apart by itself; no other is asked for.
ACCEPTED = "gzip, deflate"
EITHER_HEADER = 47


def body(response: httpx.Response, limit: int, deadline: float) -> bytes:
    """The decoded bytes, read until ``deadline`` (of ``time.monotonic``).

    Raises:
        NotFetched: more than ``limit`` bytes, or an encoding nobody asked for.
        Unanswered: too slow.
    """
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise NotFetched(f"the encoding {encoding!r} was not asked for")
    inflate = None if encoding in ("", "identity") else zlib.decompressobj(EITHER_HEADER)
    whole = bytearray()
    for piece in response.iter_raw():
        whole += piece if inflate is None else _inflated(inflate, piece, limit + 1 - len(whole))
        if len(whole) > limit:
            raise NotFetched(f"more than {limit:,} bytes")
        if time.monotonic() > deadline:
            raise Unanswered("it comes too slowly")
    return bytes(whole)


def gunzipped(data: bytes, limit: int) -> bytes:
    """A file that is gzip itself, as sitemaps are; other data as it is.

    Raises:
        NotFetched: more than ``limit`` bytes, or damaged.
    """
    if not data.startswith(b"\x1f\x8b"):
        return data
    whole = _inflated(zlib.decompressobj(EITHER_HEADER), data, limit + 1)
    if len(whole) > limit:
        raise NotFetched(f"more than {limit:,} bytes once unpacked")
    return whole


def _inflated(inflate: "zlib._Decompress", piece: bytes, most: int) -> bytes:
    try:
        return inflate.decompress(piece, max(most, 1))
    except zlib.error as error:
        raise NotFetched(f"its compressed body is damaged ({error})") from error
