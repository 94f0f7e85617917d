"""YAML front matter: what an article's file says about itself."""

import re
import reprlib
from datetime import date, datetime
from typing import Any

import frontmatter
import yaml

from ingest.rejection import Rejected

# A 10 MB front matter takes PyYAML 21 seconds.
LIMIT = 64 * 1024

FENCED = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(\n|\Z)", re.DOTALL)
LANGUAGE = re.compile(r"([a-z]{2})([-_][a-z0-9]+)*", re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?://|/(?!/))\S*")
IDENTIFIER = re.compile(r"(?!/)(?!.*\.\.).+")
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
        # Not libyaml's loader, which crashes the process on some thousand nested brackets.
        raw = frontmatter.YAMLHandler().load(found.group(1) or "", Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise Rejected(f"front matter is not valid YAML: {reason[:200]}") from error
    if not isinstance(raw, dict | None):
        raise Rejected(f"front matter {_short(raw)} is not a list of fields; a text may not begin with a line `---`")
    return _checked(raw or {}), text[found.end() :]


def _checked(raw: dict[str, Any]) -> dict[str, Any]:
    raw = {name: value for name, value in raw.items() if value is not None and value != ""}
    fields: dict[str, Any] = {name: _text(name, raw[name]) for name in TEXTS if name in raw}
    if not ADDRESS.fullmatch(fields.get("url", "/")):
        raise Rejected(f"front matter url: {fields['url'][:80]!r} is neither http(s) nor a path that begins with /")
    if not IDENTIFIER.fullmatch(fields.get("id", "a")):
        raise Rejected(f"front matter id: {fields['id'][:80]!r} begins with / or has .. in it")
    fields |= {name: _flag(name, raw[name]) for name in ("ai_generated", "local_only") if name in raw}
    fields |= {name: _date(name, raw[name]) for name in ("created", "updated") if name in raw}
    if "language" in fields:
        fields["language"] = _language(fields["language"])
    if "tags" in raw:
        tags = raw["tags"] if isinstance(raw["tags"], list) else _text("tags", raw["tags"]).split(",")
        fields["tags"] = tuple(_text("tags", tag) for tag in tags)
    return fields


def _text(name: str, value: object) -> str:
    """YAML reads ``no`` as false and 2026-03-01 as a date: what was meant as a text must be quoted."""
    if isinstance(value, str | int | float) and not isinstance(value, bool) and (text := " ".join(str(value).split())):
        return text
    raise Rejected(f"front matter {name}: {_short(value)} is not a text; put quotes around it")


def _language(value: str) -> str:
    if found := LANGUAGE.fullmatch(value):
        return found.group(1).lower()
    raise Rejected(f"front matter language: {_short(value)} is not a code of two letters like en")


def _flag(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise Rejected(f"front matter {name}: {_short(value)} is neither true nor false")


def _date(name: str, value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(str(value)[:10] if isinstance(value, str | int) else "").isoformat()
    except ValueError:
        raise Rejected(f"front matter {name}: {_short(value)} is not a date like 2026-03-01") from None


def _short(value: object) -> str:
    """The value for a message; a few lines of YAML can stand for gigabytes."""
    return reprlib.repr(value)
