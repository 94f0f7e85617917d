"""Stale cases: their article says something else than when they were drafted, or accepted.

A case remembers the text of its articles by digest: in its own ``versions`` when it was drafted, and in
``accepted.json`` since a run of it was accepted. A case without either is never stale: nobody noted what it was
written against.
"""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

from evals.case import Case
from knowledge.article import Article

Seen = Mapping[str, Collection[str]]  # article -> digests it was accepted with


def digest(article: Article) -> str:
    """The first 12 hex digits of the SHA-256 of its title and text; metadata may change without making a case stale."""
    return hashlib.sha256(f"{article.title}\n{article.text}".encode()).hexdigest()[:12]


def versions(article_ids: Collection[str], articles: Mapping[str, Article]) -> dict[str, str]:
    """Today's digest of each of these articles that is there."""
    return {name: digest(articles[name]) for name in article_ids if name in articles}


def seen(known: Mapping[str, Mapping[str, Any]]) -> dict[str, set[str]]:
    """What a suite's articles were accepted with, under any of its configurations."""
    found: dict[str, set[str]] = {}
    for configuration in known.values():
        for article_id, accepted in configuration.get("versions", {}).items():
            found.setdefault(article_id, set()).add(accepted)
    return found


def changed(case: Case, accepted: Seen, today: Mapping[str, str]) -> tuple[str, ...]:
    """The case's articles that are gone or say something else now; what was accepted counts before what was drafted."""
    known = {name: {version} for name, version in case.versions.items()} | dict(accepted)
    return tuple(name for name in case.articles if name in known and today.get(name) not in known[name])


def told(names: Collection[str]) -> str:
    """In words."""
    return f"{', '.join(names)} changed since the case was drafted or accepted"
