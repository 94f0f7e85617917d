"""What only the owner may see: from this machine without a token, from anywhere with it, never through a proxy."""

from base64 import b64encode

import pytest
from fastapi import Request

from knowledge.errors import UnknownSetting
from tests.ui.conftest import Run
from ui.server.http_error import HttpError
from ui.server.listener import check_bound
from ui.server.owner import Owner

TOKEN = "correct horse battery staple"  # noqa: S105 (for these tests)


def request(client: str = "127.0.0.1", host: str = "127.0.0.1:7777", **headers: str) -> Request:
    sent = {"host": host} | {name.replace("_", "-"): value for name, value in headers.items()}
    raw = [(name.encode(), value.encode()) for name, value in sent.items()]
    return Request(
        {"type": "http", "method": "GET", "path": "/owner", "scheme": "http", "headers": raw, "client": (client, 1),
         "server": ("127.0.0.1", 7777), "query_string": b""}
    )  # fmt: skip


def basic(password: str) -> str:
    return "Basic " + b64encode(f"owner:{password}".encode()).decode()


def status(owner: Owner, asked: Request) -> int:
    try:
        owner.admit(asked)
    except HttpError as rejected:
        return rejected.status
    return 200


@pytest.mark.parametrize("host", ["127.0.0.1:7777", "localhost:7777", "[::1]:7777"])
def test_without_a_token_this_machine_is_let_in(host: str) -> None:
    assert status(Owner(), request(host=host)) == 200
    assert status(Owner(), request("::1", host)) == 200


@pytest.mark.parametrize("host", ["docs.example", "192.168.1.5:7777", "127.0.0.1.evil.example"])
def test_without_a_token_a_name_that_leads_here_from_elsewhere_is_not(host: str) -> None:
    assert status(Owner(), request(host=host)) == 404


def test_without_a_token_another_machine_is_not() -> None:
    assert status(Owner(), request("192.168.1.5")) == 404


@pytest.mark.parametrize("name", ["x_forwarded_for", "forwarded", "via", "x_real_ip", "x_forwarded_host"])
def test_without_a_token_what_a_proxy_passes_on_is_not(name: str) -> None:
    assert status(Owner(), request(**{name: "127.0.0.1"})) == 404


@pytest.mark.parametrize("sent", [f"Bearer {TOKEN}", f"bearer  {TOKEN}", basic(TOKEN)])
def test_the_token_lets_in_from_anywhere(sent: str) -> None:
    assert status(Owner(TOKEN), request("203.0.113.9", "docs.example", authorization=sent)) == 200


@pytest.mark.parametrize("sent", ["", TOKEN, "Bearer", "Bearer x", basic("x"), "Basic %%%", "Basic /w==", "Bearer é"])
def test_anything_else_is_refused_even_from_here(sent: str) -> None:
    assert status(Owner(TOKEN), request(authorization=sent)) == 401


def test_the_token_is_not_shown_with_the_settings(footnote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_ADMIN_TOKEN", TOKEN)
    for words in (("config", "show"), ("config", "show", "--json")):
        code, out, _ = footnote(*words)
        assert code == 0
        assert TOKEN not in out
        assert "(set)" in out


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.9.9.9"])
def test_this_machines_own_addresses_need_no_token(host: str) -> None:
    check_bound(host, "")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "docs.example", ""])  # noqa: S104 (refused)
@pytest.mark.parametrize("token", ["", "short"])
def test_an_address_that_others_reach_needs_one_of_some_length(host: str, token: str) -> None:
    with pytest.raises(UnknownSetting, match="other machines can reach"):
        check_bound(host, token)
    check_bound(host, TOKEN)


def test_the_command_refuses_to_start_wide_open(footnote: Run) -> None:
    code, _, err = footnote("serve", "--host", "0.0.0.0", "--port", "0")  # noqa: S104 (refused)
    assert (code, "FOOTNOTE_ADMIN_TOKEN" in err) == (2, True)
