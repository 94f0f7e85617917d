"""Behind a real nginx: TLS, below a path, as docs/deploy.md sets it up."""

import json
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.ui.conftest import Bakery, service_over, until
from ui.server.application import serving

DOCUMENT = (Path(__file__).parents[2] / "docs" / "deploy.md").read_text(encoding="utf-8")
QUESTION = "What is bread baked from?"

pytestmark = pytest.mark.skipif(
    shutil.which("nginx") is None or shutil.which("openssl") is None,
    reason="NO NGINX or openssl: that the server works behind a proxy is untested, `tests/ensure-tools`",
)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def settings(folder: Path, port: int, upstream: str) -> str:
    """The location of the documentation, in a server of its own: other ports, other files, nothing else."""
    location = re.search(r"```nginx\n(.*?)```", DOCUMENT, re.DOTALL)
    assert location is not None
    block = location[1].replace("127.0.0.1:7777", upstream)
    return (
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{ }}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;\n"
        f"fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
        f"server {{ listen 127.0.0.1:{port} ssl; server_name localhost;\n"
        f"ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;\n{block} }} }}"
    )


@pytest.fixture(scope="module")
def proxied(bakery: Bakery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, httpx.Client]]:
    """The address below ``/ask`` over TLS, and a client that trusts its certificate."""
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "key.pem",
         "-out", folder / "cert.pem"], check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    service = service_over(bakery.knowledge, root_path="/ask")
    service.warm()
    with serving(service) as url:
        (folder / "nginx.conf").write_text(settings(folder, port, url.removeprefix("http://")), encoding="utf-8")
        with subprocess.Popen(["nginx", "-c", folder / "nginx.conf", "-p", folder], stderr=subprocess.PIPE) as nginx:
            until(lambda: listens(port))
            trust = ssl.create_default_context(cafile=str(folder / "cert.pem"))
            with httpx.Client(verify=trust) as client:
                yield f"https://localhost:{port}/ask", client
            nginx.terminate()


def listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def test_the_page_and_everything_it_loads_is_there(proxied: tuple[str, httpx.Client]) -> None:
    url, client = proxied
    page = client.get(url + "/")
    assert page.status_code == 200
    config = json.loads(re.search(r"window\.gradio_config\s*=\s*(\{.*?\});\s*</script>", page.text, re.DOTALL)[1])  # type: ignore[index]
    assert config["root"] == url
    loaded = re.findall(r'(?:src|href)="(\.?/?[^":?#]+\.(?:js|css|svg))"', page.text)
    assert loaded
    for name in loaded:
        assert client.get(f"{url}/{name.removeprefix('./').removeprefix('/ask/')}").status_code == 200, name
    article = client.get(url + "/articles/bread")
    style = re.search(r'href="([^"]+article\.css)"', article.text)
    assert style is not None
    assert client.get(str(article.url.join(style[1]))).status_code == 200


def test_an_answer_streams_through_it(proxied: tuple[str, httpx.Client]) -> None:
    url, client = proxied
    with client.stream("POST", url + "/api/chat", json={"question": QUESTION}) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        assert "event: done" in list(response.iter_lines())


def test_addresses_that_are_told_lead_back_through_it(proxied: tuple[str, httpx.Client]) -> None:
    url, client = proxied
    asked = {"model": "footnote", "messages": [{"role": "user", "content": QUESTION}]}
    message = client.post(url + "/v1/chat/completions", json=asked).json()["choices"][0]["message"]
    cited = message["annotations"][0]["url_citation"]["url"]
    assert cited.endswith("/ask/articles/bread")
    assert httpx.URL(cited).host == "localhost"


def test_what_is_the_owners_is_not_there(proxied: tuple[str, httpx.Client]) -> None:
    url, client = proxied
    assert client.get(url + "/metrics").status_code == 404
    assert client.get(url + "/healthz").status_code == 200


def test_errors_keep_their_shape(proxied: tuple[str, httpx.Client]) -> None:
    url, client = proxied
    body = {"model": "gpt-x", "messages": [{"role": "user", "content": "x"}]}
    refused = client.post(url + "/v1/chat/completions", json=body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "model_not_found")
