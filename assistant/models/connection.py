"""The line to a model server: its socket, so that a request can be hung up while it waits for a byte.

httpx tells of its connections by the request extension ``trace``, and reads its time-outs from the extension
``timeout`` whenever it waits: before the first byte and between two bytes they differ here.
"""

import socket
from contextlib import suppress
from typing import Any

from assistant.models.call import Stop


class Line:
    """``hooks`` go to an ``httpx.Client``; ``stall`` is the longest silence after the first byte, in seconds."""

    def __init__(self, stop: Stop, stall: float) -> None:
        self._stall = stall
        self._sockets: list[socket.socket] = []
        self._stop = stop

    @property
    def hooks(self) -> dict[str, list[Any]]:
        """Event hooks of the client."""
        return {"request": [self._on_request], "response": [self._on_response]}

    def hang_up(self) -> None:
        """End whatever waits on this line."""
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _on_request(self, request: Any) -> None:
        request.extensions["trace"] = self._traced

    def _on_response(self, response: Any) -> None:
        response.request.extensions["timeout"]["read"] = self._stall

    def _traced(self, name: str, info: dict[str, Any]) -> None:
        if name == "connection.connect_tcp.complete":
            self._sockets.append(info["return_value"].get_extra_info("socket"))
            self._stop.when_set(self.hang_up)
