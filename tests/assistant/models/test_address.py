"""Addresses of model servers: which are none, and which are at home."""

import pytest

from assistant.models.address import check_url, is_local
from knowledge.errors import UnknownSetting


@pytest.mark.parametrize(
    ("url", "checked"),
    [
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434"),
        ("http://127.0.0.1:11434/", "http://127.0.0.1:11434"),
        ("https://models.example.org/ollama/", "https://models.example.org/ollama"),
        ("HTTP://[::1]:11434", "HTTP://[::1]:11434"),
    ],
)
def test_an_address_is_taken_without_its_last_slash(url: str, checked: str) -> None:
    assert check_url(url) == checked


@pytest.mark.parametrize(
    "url",
    ["", "localhost", "localhost:11434", "127.0.0.1:11434", "//127.0.0.1", "ftp://127.0.0.1", "http://", "http:///api",
     "http://127.0.0.1:port", "http://127.0.0.1:99999", "http://[::1", "http://:11434", "http://127.0.0.1:0"],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_what_was_given(url: str) -> None:
    with pytest.raises(UnknownSetting) as refused:
        check_url(url)
    assert repr(url) in str(refused.value)
    assert "http://127.0.0.1:11434" in refused.value.hint


@pytest.mark.parametrize(
    "host",
    ["localhost", "ollama.localhost", "box.local", "ollama.internal", "127.0.0.1", "127.8.8.8", "10.0.0.5",
     "192.168.1.20", "172.16.0.1", "[::1]", "[fd00::5]", "[::ffff:192.168.1.20]"],
)  # fmt: skip
def test_this_machine_and_private_networks_are_local(host: str) -> None:
    assert is_local(f"http://{host}:11434")


@pytest.mark.parametrize(
    "host",
    ["example.org", "8.8.8.8", "172.32.0.1", "[2001:4860:4860::8888]", "[::ffff:8.8.8.8]", "localhost.example.org",
     "internal", "127.0.0.1.example.org", "localhost@example.org"],
)  # fmt: skip
def test_everything_else_is_not_local(host: str) -> None:
    assert not is_local(f"http://{host}:11434")
