"""What a page says about itself in its head: meta tags, canonical address, JSON-LD (schema.org)."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urljoin

from ingest.fetching.links import same_site

META = {
    "title": ("og:title", "twitter:title"),
    "author": ("author", "article:author", "dc.creator", "parsely-author"),
    "created": ("article:published_time", "datepublished", "dc.date", "date", "dcterms.created"),
    "updated": ("article:modified_time", "datemodified", "og:updated_time", "dcterms.modified", "last-modified"),
    "summary": ("description", "og:description"),
}
JSON_LD = {"title": "headline", "created": "datePublished", "updated": "dateModified"}
PAGES = re.compile(r"Article|WebPage|Posting|Report|FAQPage|HowTo|Recipe|CreativeWork", re.IGNORECASE)
LONGEST = 300


def facts(root: Any, url: str | None) -> dict[str, Any]:
    """Fields of ``knowledge.article.Article`` that the page gives."""
    named = _metas(root)
    found: dict[str, Any] = {}
    for field, names in META.items():
        if value := next((named[name] for name in names if named.get(name)), None):
            found[field] = value
    if not str(found.get("author", "A"))[:1].isalnum() or str(found.get("author", "")).startswith("http"):
        del found["author"]  # a profile's address
    for entry in _entries(root):
        found |= {field: entry[name] for field, name in JSON_LD.items() if isinstance(entry.get(name), str)}
        if author := ", ".join(_names(entry.get("author"))):
            found["author"] = author
    found |= {field: _day(found[field]) for field in ("created", "updated") if field in found}
    texts = {field: " ".join(value.split())[:LONGEST] for field, value in found.items() if isinstance(value, str)}
    return {field: value for field, value in texts.items() if value} | {"url": _canonical(root, url)}


def asks_for(root: Any, wish: str) -> bool:
    """Does the page ask robots for ``wish`` (noindex, nofollow)?"""
    said = _metas(root)
    wishes = f"{said.get('robots', '')},{said.get('footnote', '')}".lower().replace(" ", "").split(",")
    return wish in wishes or "none" in wishes


def _metas(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if meta.get("content"):
            found.setdefault(name.lower(), meta.get("content").strip())
    return found


def _canonical(root: Any, url: str | None) -> str | None:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            found = urljoin(url or "", str(link.get("href")).strip())
            if found.startswith(("http://", "https://")) and (url is None or same_site(found, url)):
                return found
    return url


def _entries(root: Any) -> Iterator[dict[str, Any]]:
    """JSON-LD objects that describe a page, the most telling last."""
    found: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                waiting: list[Any] = [json.loads(script.text or "")]
            except (ValueError, RecursionError):
                continue
            while waiting:
                one = waiting.pop()
                if isinstance(one, list):
                    waiting += one
                elif isinstance(one, dict):
                    waiting += [one["@graph"]] if isinstance(one.get("@graph"), list) else []
                    found += [one] if PAGES.search(str(one.get("@type"))) else []
    yield from sorted(
        found, key=lambda entry: "Article" in str(entry.get("@type")) or "Posting" in str(entry.get("@type"))
    )


def _names(author: Any) -> Iterator[str]:
    for one in author if isinstance(author, list) else [author]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name and not name.startswith("http"):
            yield name


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value.strip()[:10]).isoformat()
    except ValueError:
        return ""
