"""The chat page behind nginx, with TLS, below a path: page, stream, footnote, article, widget."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from knowledge.wiring import Knowledge
from tests.ui.chromium import answered, ask, in_browser
from tests.ui.conftest import service_over
from ui.server.application import serving
from ui.server.listener import bind

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
OPENSSL = shutil.which("openssl")
BELOW = "/ask"

pytestmark = [
    *in_browser,
    pytest.mark.skipif(not (NGINX and OPENSSL), reason="NO nginx OR openssl FOUND: the proxy is not tested"),
]

CONFIG = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{}}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;
    location {below}/ {{
      proxy_pass {server}/;
      proxy_http_version 1.1;
      proxy_buffering off;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Host $http_host;
    }}
  }}
}}
"""


@pytest.fixture(scope="module")
def outside(bundled_base: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address a visitor uses."""
    folder = tmp_path_factory.mktemp("nginx")
    with bind("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    service = service_over(bundled_base, root_path=BELOW)
    service.warm()
    with serving(service) as server:
        _certificate(folder)
        config = CONFIG.format(folder=folder, port=port, server=server, below=BELOW)
        (folder / "nginx.conf").write_text(config, encoding="utf-8")
        proxy = subprocess.Popen([str(NGINX), "-c", str(folder / "nginx.conf"), "-p", str(folder)])
        time.sleep(0.5)
        yield f"https://127.0.0.1:{port}{BELOW}/"
        proxy.terminate()
        proxy.wait(10)


def _certificate(folder: Path) -> None:
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    kept = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run([str(OPENSSL), *made, *kept], check=True, capture_output=True)


def test_everything_works_below_a_path_with_tls(browser: Browser, outside: str) -> None:
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.on("response", lambda got: failed.append(got.url) if got.status >= 400 else None)
    page.goto(outside)
    expect(page.locator("#fn-starters button").first).to_be_visible(timeout=30_000)
    ask(page, "Which advantages do open-source models have?")
    answered(page)
    page.locator(".fn-mark").first.focus()
    with page.expect_popup() as opened:
        page.locator(".fn-card .fn-read").first.click()
    article = opened.value
    article.wait_for_load_state()
    assert article.url.startswith(outside + "articles/")
    expect(article.locator("h1")).to_be_visible()
    assert article.evaluate("document.styleSheets.length") == 1
    article.get_by_role("link", name="Ask a question").click()
    expect(article.locator("#fn-starters button").first).to_be_visible(timeout=30_000)
    strayed = [url for url in asked if not url.startswith((outside, "data:", "blob:"))]
    assert strayed == []
    assert failed == []
    context.close()


def test_the_widget_works_there_too(browser: Browser, outside: str) -> None:
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.goto(outside + "demo")
    page.locator("footnote-chat .launcher").click()
    expect(page.locator("footnote-chat .input")).to_be_focused(timeout=15_000)
    context.close()
