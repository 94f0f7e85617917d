"""Which requests are let in: from where, in which form, how often. Runs before any work is done."""

import ipaddress
import math
from collections.abc import Mapping

from fastapi import Request

from knowledge.settings import Setting, values
from ui.server.http_error import HttpError
from ui.server.limits import Limiter
from ui.server.sites import Sites, read_sites

SITE_HEADER = "X-Footnote-Site"


class Visitors:
    """The rules of one server. Without arguments: our own origin only, and no limits."""

    def __init__(self, sites: Sites | None = None, per_visitor: int = 0, per_site: int = 0) -> None:
        self.sites = sites or Sites()
        self._by_visitor = Limiter(per_visitor)
        self._by_site = Limiter(per_site)

    def admit(self, request: Request) -> None:
        """Let a request in.

        Raises:
            HttpError: 403 for a foreign origin, 415 for what is not JSON, 429 when it comes too often.
        """
        site = request.headers.get(SITE_HEADER, "")
        origin = request.headers.get("origin")
        if not self.sites.admit(site, origin, request.headers.get("host", "")):
            raise HttpError(
                403, "this page may not ask here", "its owner adds its origin to FOOTNOTE_SITES", kind="foreign_page"
            )
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if request.method == "POST" and kind != "application/json":
            raise HttpError(415, "the body is not JSON", "send it with Content-Type: application/json")
        self.limit(request, site)

    def limit(self, request: Request, site: str = "") -> None:
        """Count a request.

        Raises:
            HttpError: 429 when it comes too often.
        """
        wait = self._by_visitor.wait(visitor(request)) or self._by_site.wait(site if site in self.sites.origins else "")
        if wait:
            seconds = math.ceil(wait)
            raise HttpError(
                429, "too many questions in a short time", f"try again in {seconds} s", seconds, "too_often"
            )


async def admitted(request: Request) -> None:
    """As a dependency of routes."""
    request.app.state.service.visitors.admit(request)


def visitors_of(settings: Mapping[str, Setting]) -> Visitors:
    """The rules these settings ask for."""
    value = values(settings)
    sites = read_sites(str(value["sites"]))
    return Visitors(sites, int(value["visitor_limit"]), int(value["site_limit"]))


def visitor(request: Request) -> str:
    """Who asks: an address; of IPv6 the network of 64 bits, which is what one household has."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network(f"{host}/64", strict=False)) if address.version == 6 else host
