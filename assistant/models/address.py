"""Addresses of model servers: whether one is an address, and whether it is at home."""

import ipaddress
from urllib.parse import urlsplit

from knowledge.errors import UnknownSetting


def check_url(url: str, variable: str = "FOOTNOTE_OLLAMA_URL") -> str:
    """``url`` without a trailing slash.

    Raises:
        UnknownSetting: not an http address; the clients would silently use another one.
    """
    if not _is_address(url):
        raise UnknownSetting(f"{variable}={url!r} is not an address", "set it like http://127.0.0.1:11434")
    return url.rstrip("/")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or brackets that are none
        return False


def is_local(url: str) -> bool:
    """Is the server on this machine or in a private network?"""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_private or address.is_loopback
