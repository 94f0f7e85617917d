"""Connections to addresses that were judged: a name is resolved once, and that very address is connected to.

So a name that changes its address between the look and the connection (DNS rebinding) gains nothing.
"""

import socket
from collections.abc import Callable

import httpx

from ingest.fetching.addresses import refusal
from ingest.fetching.failures import Forbidden, Unanswered

Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """Every address of ``host``, by the system's resolver.

    Raises:
        Unanswered: it has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unanswered(f"the name {host} cannot be resolved ({error})") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class PinnedTransport(httpx.HTTPTransport):
    """Sends each request over a connection of its own, to an address that ``refusal`` lets through."""

    def __init__(self, allow_private: bool, resolver: Resolve = resolve) -> None:
        # Connections are not kept: one to a shared address must not serve another name's certificate.
        super().__init__(limits=httpx.Limits(max_keepalive_connections=0), trust_env=False)
        self._allow_private = allow_private
        self._resolve = resolver

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response of the host's first address.

        Raises:
            Forbidden: one of the host's addresses may not be fetched from.
        """
        host = request.url.host
        addresses = self._resolve(host, request.url.port or 443)
        for address in addresses:
            if reason := refusal(address, self._allow_private):
                raise Forbidden(f"{host}: {reason}" if host != address else reason)
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=addresses[0])
        return super().handle_request(request)
