"""A request that is answered by an HTTP status other than success."""

from knowledge.errors import FootnoteError, Kind


class HttpError(FootnoteError):
    """Answered by ``status``; ``seconds`` is when to come back, 0 when that is no use."""

    def __init__(self, status: int, message: str, hint: str, seconds: int = 0, kind: Kind = "") -> None:
        super().__init__(message, hint, kind)
        self.status = status
        self.seconds = seconds
