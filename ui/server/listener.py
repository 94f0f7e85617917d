"""A listening socket, taken before anything is loaded: a port in use is told at once."""

import socket

from knowledge.errors import FootnoteError

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
