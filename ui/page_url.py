"""The page a visitor says to be reading: the parts of its address, or of none where it cannot be read."""

from urllib.parse import SplitResult, urlsplit


def page_parts(url: str) -> SplitResult:
    """As ``urlsplit``, for what anybody may send."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")
