"""YAML front matter: what an article's file says about itself."""

import re
from datetime import date, datetime
from typing import Any

import frontmatter
import yaml

from ingest.rejection import Rejected

# A 10 MB front matter takes PyYAML 21 seconds.
LIMIT = 64 * 1024

FENCED = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(\n|\Z)", re.DOTALL)
TEXTS = ("id", "title", "language", "url", "author", "summary", "translation_of")


def split(text: str) -> tuple[dict[str, Any], str]:
    """``(fields, body)``; fields are checked and plain: strings, booleans, ISO dates, a tuple of tags.

    Raises:
        Rejected: the front matter is too large, not YAML, or a field is of the wrong type.
    """
    found = FENCED.match(text)
    if not found:
        return {}, text
    if found.end() > LIMIT:
        raise Rejected(f"front matter of {found.end()} characters; at most {LIMIT} are read")
    try:
        raw, _ = frontmatter.parse(found.group(0))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise Rejected(f"front matter is not valid YAML: {reason[:200]}") from error
    return _checked(raw), text[found.end() :]


def _checked(raw: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {name: _text(name, raw[name]) for name in TEXTS if raw.get(name) is not None}
    fields |= {name: _flag(name, raw[name]) for name in ("ai_generated", "local_only") if raw.get(name) is not None}
    fields |= {name: _date(name, raw[name]) for name in ("created", "updated") if raw.get(name) is not None}
    if raw.get("tags") is not None:
        tags = raw["tags"] if isinstance(raw["tags"], list) else str(raw["tags"]).split(",")
        fields["tags"] = tuple(str(tag).strip() for tag in tags)
    return fields


def _text(name: str, value: object) -> str:
    if isinstance(value, str | int | float) and (text := " ".join(str(value).split())):
        return text
    raise Rejected(f"front matter {name}: {str(value)[:80]!r} is not a text")


def _flag(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise Rejected(f"front matter {name}: {str(value)[:80]!r} is neither true nor false")


def _date(name: str, value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        raise Rejected(f"front matter {name}: {str(value)[:80]!r} is not a date like 2026-03-01") from None
