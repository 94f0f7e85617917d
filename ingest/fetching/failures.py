"""Why a page was not fetched: one class per consequence.

Rejected                    keeps what the base has of the document
└── NotFetched              no page came, and none will: too large, a loop of redirects, status 403
    ├── Unanswered          no page came this time: no answer, too slow, status 5xx
    ├── Forbidden           we may not ask: address, scheme, port, robots.txt
    └── Gone                the site says that there is no such page: it leaves the base
"""

from ingest.rejection import Rejected


class NotFetched(Rejected):
    """No page came."""


class Unanswered(NotFetched):
    """No page came this time; another time one may."""


class Forbidden(NotFetched):
    """A page that may not be asked for."""


class Gone(NotFetched):
    """The site says that there is no such page (404, 410)."""

    keeps_earlier = False
