"""All settings in one place: the packages' tables and our own, read from the environment."""

import os
from collections.abc import Mapping

from assistant.settings import ASSISTANT
from knowledge.settings import KNOWLEDGE, Setting, Value, read_settings

UI = (
    Setting("host", "127.0.0.1", "address the server listens on"),
    Setting("port", 7777, "port the server listens on", least=0, most=65535),
    Setting(
        "sites", "",
        "sites whose pages may ask, each a public key and its exact origins; empty: pages of this server only",
    ),
    Setting("visitor_limit", 30, "requests a visitor may make in a minute; 0 is no limit", least=0),
    Setting("site_limit", 600, "requests all visitors of a site may make in a minute; 0 is no limit", least=0),
    Setting("otlp_endpoint", "", "OpenTelemetry collector that gets spans, without any content; empty: none are made"),
    Setting("answers_at_once", 8, "questions answered at the same time; the others wait in line", least=1),
    Setting(
        "answers_waiting", 64,
        "questions that may wait in line; who comes after them is told to come back",
        least=0,
    ),
    Setting("trusted_proxy", "", "address of the proxy whose X-Forwarded-For is believed; empty: none is"),
    Setting(
        "admin_token", "", "what the owner's pages ask for; empty: they are there for this machine alone", secret=True
    ),
    Setting("root_path", "", "path below which a proxy offers this server, as /ask; empty: at the top"),
    Setting("starters", "", "questions offered on the empty page, separated by |; empty: from the articles"),
    Setting("contact", "", "http(s) or mailto address a visitor is given when the articles do not answer; empty: none"),
)  # fmt: skip

ALL = (*KNOWLEDGE, *ASSISTANT, *UI)


def load(
    given: Mapping[str, Value | None] | None = None, environ: Mapping[str, str] | None = None
) -> dict[str, Setting]:
    """Every setting; what was ``given`` on the command line (and is not None) wins over the environment.

    Raises:
        UnknownSetting: see ``knowledge.settings.read_settings``.
    """
    settings = read_settings(ALL, os.environ if environ is None else environ)
    for name, value in (given or {}).items():
        if value is not None and value != "":
            settings[name] = settings[name].given(value, "command line")
    return settings
