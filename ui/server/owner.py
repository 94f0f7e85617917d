"""What only the owner may see: with the admin token, or without one from this machine alone."""

import secrets
from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass

from fastapi import Request

from ui.server.http_error import HttpError
from ui.server.listener import loopback

# A request that came through a proxy is not from this machine, even when the proxy is.
FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


@dataclass(frozen=True, slots=True)
class Owner:
    """``token`` is the setting ``admin_token``; empty: requests to a loopback address from a loopback address only."""

    token: str = ""

    def admit(self, request: Request) -> None:
        """Let the owner in; the token comes as a bearer's, or as the password of HTTP's basic scheme.

        Raises:
            HttpError: 401 for a missing or wrong token; 404 for anybody elsewhere when there is no token.
        """
        if self.token:
            if not secrets.compare_digest(_given(request).encode(), self.token.encode()):
                raise HttpError(401, "this is the owner's", "send FOOTNOTE_ADMIN_TOKEN as a bearer token or password")
        elif not _local(request):
            raise HttpError(
                404, "there is nothing here", "its owner sets FOOTNOTE_ADMIN_TOKEN to see it from elsewhere"
            )


async def owner_only(request: Request) -> None:
    """As a dependency of routes."""
    request.app.state.service.owner.admit(request)


def ours(request: Request) -> bool:
    """Was a form sent from a page of this host, as browsers tell by ``Origin``, or by no browser at all?"""
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")


def _given(request: Request) -> str:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return b64decode(value, validate=True).decode().partition(":")[2]
    except (NotBase64, UnicodeDecodeError):
        return ""


def _local(request: Request) -> bool:
    host = request.url.hostname or ""
    here = request.client is not None and loopback(request.client.host)
    return here and loopback(host) and not any(name in request.headers for name in FORWARDED)
