"""A listening socket, taken before anything is loaded: a port in use is told at once."""

import ipaddress
import socket

from knowledge.errors import FootnoteError, UnknownSetting

# Characters of an admin token below which it can be tried out.
SHORTEST_TOKEN = 16

# Connections that may wait while the server is busy; also what uvicorn uses.
BACKLOG = 2048


def bind(host: str, port: int) -> socket.socket:
    """A listening socket.

    Raises:
        FootnoteError: the port is taken, or the address is not ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise FootnoteError(
            f"cannot listen on {host}:{port}: {getattr(error, 'strerror', None) or error}",
            f"choose another port, like --port {min(port, 65000) + 1}, or stop what is using it",
        ) from error
    return listener


def address(listener: socket.socket) -> str:
    """Where a browser finds it."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def check_bound(host: str, token: str) -> None:
    """May the server listen on ``host``?

    Raises:
        UnknownSetting: others could reach it, and no token keeps them from what is the owner's.
    """
    if not loopback(host) and len(token) < SHORTEST_TOKEN:
        has = f"an admin token of {len(token)} characters" if token else "no admin token"
        raise UnknownSetting(
            f"other machines can reach the address {host}, and there is {has}",
            f"set FOOTNOTE_ADMIN_TOKEN to {SHORTEST_TOKEN} random characters or more (`openssl rand -hex 16`), "
            "or listen on 127.0.0.1 behind a proxy (docs/deploy.md)",
        )


def loopback(host: str) -> bool:
    """Does this name or address stay on this machine?"""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
