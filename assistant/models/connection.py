"""The line to a model server: its socket, so that a request can be hung up while it waits for a byte.

httpx tells of its connections by the request extension ``trace``, and reads its time-outs from the extension
``timeout`` whenever it waits: before the first byte and between two bytes they differ here. What a server that refuses
says of its wish to be left alone stands in a header, which the clients do not hand on.
"""

import socket
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from assistant.models.call import Stop

# Answers whose Retry-After counts: too many requests, and busy.
ASKING = frozenset({429, 503})


class Line:
    """``hooks`` go to an ``httpx.Client``; ``stall`` is the longest silence after the first byte, in seconds.

    ``retry_after`` are the seconds for which the server asked to be left alone; 0 where it did not.
    """

    def __init__(self, stop: Stop, stall: float) -> None:
        self.retry_after = 0.0
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
        if response.status_code in ASKING:
            self.retry_after = seconds_until(response.headers.get("Retry-After", ""))

    def _traced(self, name: str, info: dict[str, Any]) -> None:
        if name == "connection.connect_tcp.complete":
            self._sockets.append(info["return_value"].get_extra_info("socket"))
            self._stop.when_set(self.hang_up)


def seconds_until(retry_after: str) -> float:
    """Seconds that a ``Retry-After`` (RFC 9110, 10.2.3) asks for, by a number or a date; 0 where it is neither."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):  # no date, or one without a zone
        return 0.0
