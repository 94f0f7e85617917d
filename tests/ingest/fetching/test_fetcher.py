"""One page at a time, and no connection that was not judged."""

from collections.abc import Iterator
from ipaddress import IPv4Address

import pytest

from ingest.fetching.failures import Forbidden, Gone, NotFetched, Unanswered
from ingest.fetching.fetcher import Fetcher, Limits
from tests.ingest.trap_site import TrapSite, serving

# Every way to write loopback, the metadata service or a scheme that is none.
REFUSED = [
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://0x7f.1/",
    "http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
    "http://[0:0:0:0:0:ffff:7f00:1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://0/", "http://0.0.0.0/",
    "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/", "http://[fe80::1]/",
    "http://[fd00:ec2::254]/", "https://127.0.0.1/", "http://①②⑦.0.0.1/", "http://127。0。0。1/", "http://127.0.0.1:443/",
    "file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1/", "data:text/html,x", "javascript:alert(1)", "//example.org/",
    "http:///path", "http://", "", "http://user:secret@127.0.0.1/", "http://user@example.org/", "http://example.org:22/",
    "http://example.org:6379/", "http://example.org:0/", "http://[::1", "http://exa mple.org/", "unix:///var/run/docker.sock",
    "dict://127.0.0.1/", "jar:http://127.0.0.1/", "HTTP://127.0.0.1/", "http://127.0.0.1%2f@example.org/",
]  # fmt: skip

# Hosts inside a network, in every form that some client reads as the same address.
INSIDE = ("127.0.0.1", "10.1.2.3", "172.16.5.4", "192.168.1.1", "100.64.9.9", "169.254.169.254", "100.100.100.200")


def spellings(host: str) -> list[str]:
    """One IPv4 address as decimal, hexadecimal, octal, short, mapped, translated, tunnelled and in full-width digits."""
    number = int(IPv4Address(host))
    parts = host.split(".")
    high, low = f"{number >> 16:x}", f"{number & 0xFFFF:x}"
    return [
        str(number), hex(number), f"0{number:o}", ".".join(f"0{int(part):o}" for part in parts),
        ".".join(hex(int(part)) for part in parts), f"{parts[0]}.{number & 0xFFFFFF}", f"{host}.",
        f"[::ffff:{host}]", f"[::ffff:{high}:{low}]", f"[64:ff9b::{host}]", f"[2002:{high}:{low}::1]", f"[::{host}]",
        host.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ]  # fmt: skip


HOSTILE = [*REFUSED, *(f"http://{host}/" for inside in INSIDE for host in spellings(inside))]


@pytest.fixture(scope="module")
def trap() -> Iterator[TrapSite]:
    with serving() as site:
        yield site


def fetcher(site: TrapSite, **given: object) -> Fetcher:
    port = int(site.address.rsplit(":", maxsplit=1)[1])
    return Fetcher(seconds=0, allow_private=True, ports=frozenset([port]), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("url", HOSTILE)
def test_nothing_inside_is_reached_by_any_spelling(url: str) -> None:
    with pytest.raises(NotFetched):
        Fetcher(seconds=0, resolver=_resolve).fetch(url)


def test_a_listener_on_loopback_sees_none_of_them(trap: TrapSite) -> None:
    assert len({*HOSTILE}) > 130
    port = int(trap.address.rsplit(":", maxsplit=1)[1])
    before = trap.requests.total()
    for host in ["127.0.0.1", "localhost", "LOCALHOST.", "[::1]", *spellings("127.0.0.1")]:
        with pytest.raises(NotFetched):
            Fetcher(seconds=0, ports=frozenset([port])).fetch(f"http://{host}:{port}/articles/1")
    assert trap.requests.total() == before


@pytest.mark.parametrize(
    "form",
    ["http://127.0.0.1:{}/articles/1", "HTTP://LocalHost:{}/articles/1", "http://127.0.0.1:{}/articles/1?q=a%20b#part"],
)
def test_ordinary_addresses_come_where_the_owner_allows_them(trap: TrapSite, form: str) -> None:
    assert b"About wheat" in fetcher(trap).fetch(form.format(trap.address.rsplit(":", maxsplit=1)[1])).body


def _resolve(host: str, port: int) -> list[str]:
    """The system's, but names of the outside are nowhere."""
    from ingest.fetching.pinning import resolve

    if host.endswith("example.org"):
        raise Unanswered("no such name")
    return resolve(host, port)


def test_a_name_with_one_private_address_is_refused() -> None:
    with pytest.raises(Forbidden, match=r"host.test: 10.0.0.1 is not a public"):
        Fetcher(seconds=0, resolver=lambda host, port: ["93.184.216.34", "10.0.0.1"]).fetch("http://host.test/")


def test_a_name_is_resolved_once_and_that_address_is_connected_to(trap: TrapSite) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]

    port = trap.address.rsplit(":", maxsplit=1)[1]
    page = fetcher(trap, resolver=rebinding).fetch(f"http://rebound.test:{port}/articles/1")
    assert asked == ["rebound.test"]
    assert page.url == f"http://rebound.test:{port}/articles/1"
    assert b"About wheat" in page.body


@pytest.mark.parametrize(
    ("path", "kind", "reason"),
    [
        ("/to-metadata", Forbidden, "169.254.169.254 is a link-local or metadata address"),
        ("/to-file", Forbidden, "neither http nor https"),
        ("/to-port", Forbidden, "port 6379"),
        ("/to-itself", NotFetched, "more than 5 redirects"),
        ("/bomb", NotFetched, "more than 1,000,000 bytes"),
        ("/broken", Unanswered, "status 500"),
        ("/slow", Unanswered, "too slowly"),
        ("/taken", Gone, "status 404"),
    ],
)
def test_what_does_not_come_says_why(trap: TrapSite, path: str, kind: type[NotFetched], reason: str) -> None:
    trap.taken_away.add("/taken")
    with pytest.raises(kind, match=reason):
        fetcher(trap, limits=Limits(body_bytes=1_000_000, seconds=0.5)).fetch(trap.address + path)


def test_nobody_there_is_no_answer() -> None:
    with pytest.raises(Unanswered, match=r"no answer from 127.0.0.1"):
        Fetcher(seconds=0, allow_private=True, ports=frozenset([9])).fetch("http://127.0.0.1:9/")


def test_a_redirect_is_followed_and_a_known_page_is_only_asked_about(trap: TrapSite) -> None:
    first = fetcher(trap).fetch(f"{trap.address}/to-article")
    assert first.url == f"{trap.address}/articles/3"
    assert fetcher(trap).fetch(first.url, known=first) is first


def test_proxies_of_the_environment_are_not_used(trap: TrapSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert fetcher(trap).fetch(f"{trap.address}/articles/1").body
