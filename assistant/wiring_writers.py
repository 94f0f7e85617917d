"""Composition root: who may write an answer, by the settings. Apart, since the doctor asks it and needs no index."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.budget import Budget
from assistant.ledger import Ledger
from assistant.models.address import check_url
from assistant.models.api import ApiModel
from assistant.models.breaker import Breaker
from assistant.models.model import ChatModel, Patience
from assistant.models.ollama_server import OllamaServer
from assistant.models.prices import read_prices
from assistant.models.steady import Steady
from assistant.writers import POLICIES, Closed, Writers
from knowledge.errors import UnknownSetting


def make_writers(value: Mapping[str, Any], ledger: Ledger | None, given: ChatModel | None = None) -> Writers:
    """The writers that these settings' values allow.

    Raises:
        UnknownSetting: a value that cannot be, or an address outside where the policy lets nothing leave.
    """
    server, policy, window = OllamaServer(check_url(str(value["ollama_url"]))), str(value["policy"]), value["num_ctx"]
    if policy not in POLICIES:
        raise UnknownSetting(f"FOOTNOTE_POLICY={policy!r} is no policy", f"one of {', '.join(POLICIES)}")
    if policy == "local" and not server.stays_here:
        raise UnknownSetting(
            f"FOOTNOTE_OLLAMA_URL={server.url!r} is outside, and FOOTNOTE_POLICY=local lets nothing leave",
            "give an address on this machine or in a private network, or set another policy",
        )
    patience = Patience(whole=float(value["answer_seconds"]))
    api = _api(value, patience)
    if api and api.stays_here:
        given, api = given or Steady(api, Breaker(api.answers), patience.whole), None
    if policy != "local" and api is None:
        raise UnknownSetting(f"FOOTNOTE_POLICY={policy} needs a closed model", "set FOOTNOTE_API_MODEL and its key")
    closed = _closed(api, value, ledger) if api and policy != "local" else None
    return Writers(server, str(value["ollama_model"]), window, patience, given, policy, closed, str(value["moderator"]))


def _api(value: Mapping[str, Any], patience: Patience) -> ApiModel | None:
    if not value["api_model"]:
        return None
    url = str(value["api_url"])
    return ApiModel(
        str(value["api_model"]),
        _key(value),
        check_url(url, "FOOTNOTE_API_URL") if url else "",
        value["num_ctx"],
        patience,
    )


def _closed(api: ApiModel, value: Mapping[str, Any], ledger: Ledger | None) -> Closed:
    if not api.has_key:
        raise UnknownSetting(f"{api.name} needs a key", "set FOOTNOTE_API_KEY, or FOOTNOTE_API_KEY_FILE")
    budget = Budget(ledger, float(value["day_budget_usd"]), float(value["visitor_budget_usd"]))
    return Closed(api, read_prices(str(value["prices"])).of(api.name), budget)


def _key(value: Mapping[str, Any]) -> str:
    """The key, as given or from its file."""
    if not value["api_key_file"]:
        return str(value["api_key"])
    try:
        return Path(str(value["api_key_file"])).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        raise UnknownSetting(f"FOOTNOTE_API_KEY_FILE={value['api_key_file']!r} cannot be read", str(error)) from error
