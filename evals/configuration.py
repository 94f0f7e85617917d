"""Configurations: ways to answer, compared by name. A name of its own stands for settings laid over the owner's.

A file of them is YAML, each name with its settings as in the environment, in lower case and without the prefix::

    gpt: {policy: closed, api_model: "openai:gpt-5-mini", api_key_file: /etc/footnote/openai.key}
    claude: {policy: closed, api_model: "anthropic:claude-haiku-4-5", api_key_file: /etc/footnote/anthropic.key}
    bold: {model: extractive, answer_when_sure: 0.2}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.models.address import check_url, is_local
from knowledge.errors import UnknownSetting, UsageError
from knowledge.settings import PREFIX, Setting, read_settings

# The base is one for all of a run, and a key has no place in a file that is kept beside suites.
NOT_HERE = {"data_dir": "give --data-dir", "embedder": "set FOOTNOTE_EMBEDDER for a run of its own",
            "api_key": "name the file that holds it: api_key_file"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Configuration:
    """``model`` is who is asked to write, as in ``FOOTNOTE_MODEL``; ``own`` are the settings that differ."""

    settings: Mapping[str, Setting]
    model: str
    own: Mapping[str, Any]

    @property
    def seeded(self) -> bool:
        """Does its model's API take a seed? Anthropic's has none."""
        away = self.settings["policy"].value != "local" and self.model in ("auto", "closed")
        return not (away and str(self.settings["api_model"].value).startswith("anthropic:"))


def configurations(path: Path | None, owner: Mapping[str, Setting]) -> dict[str, Configuration]:
    """Those in a file, by name; none without one.

    Raises:
        UsageError: it cannot be read, or is not a mapping of names to settings.
        UnknownSetting: no such setting, or a value that cannot be.
    """
    if not path:
        return {}
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise UsageError(f"{path} cannot be read: {' '.join(str(error).split())}", "give a YAML file") from error
    if not isinstance(given, dict) or not all(isinstance(own, dict) for own in given.values()):
        raise UsageError(f"{path} is not a mapping of names to settings", "see docs/evals.md")
    return {str(name): _configuration(str(name), own, owner) for name, own in given.items()}


def named(name: str, known: Mapping[str, Configuration], owner: Mapping[str, Setting]) -> Configuration:
    """The one of that name; else the owner's settings with that model."""
    return known.get(name) or Configuration(owner, name, {})


def _configuration(name: str, own: Mapping[str, Any], owner: Mapping[str, Setting]) -> Configuration:
    own = {str(setting).lower(): value for setting, value in own.items()}
    for setting, remedy in NOT_HERE.items():
        if setting in own:
            raise UsageError(f"the configuration {name} sets {setting}, which is not its to set", remedy)
    try:
        values = {f"{PREFIX}{setting.upper()}": str(value) for setting, value in own.items()}
        settings = read_settings(owner.values(), values)
    except UnknownSetting as error:
        raise UnknownSetting(f"the configuration {name}: {error}", error.hint) from error
    _check_whose(name, own, settings, owner)
    return Configuration(settings, _model(own, settings), own)


def _check_whose(
    name: str, own: Mapping[str, Any], settings: Mapping[str, Setting], owner: Mapping[str, Setting]
) -> None:
    """The owner's key goes to the provider that it is for, and another provider's key not to the owner's address.

    Raises:
        UsageError: the configuration names another provider, and not what goes with it.
    """
    now, before = (str(table["api_model"].value).partition(":")[0] for table in (settings, owner))
    has_key = (owner["api_key"].value or owner["api_key_file"].value) and not own.get("api_key_file")
    if has_key and (now != before or _is_elsewhere(settings, owner)):
        where = f" at {settings['api_url'].value}" if now == before else ""
        raise UsageError(
            f"the configuration {name} is of {now}{where}, and your key of {before or 'no provider that you name'}",
            "name the file that holds its key: api_key_file",
        )
    if now != before and owner["api_url"].value and not own.get("api_url"):
        raise UsageError(
            f"the configuration {name} is of {now}, and FOOTNOTE_API_URL of {before or 'no provider that you name'}",
            "give its own api_url",
        )


def _is_elsewhere(settings: Mapping[str, Setting], owner: Mapping[str, Setting]) -> bool:
    """Would its API be asked at another address than the owner's, outside?"""
    now, before = (str(table["api_url"].value) for table in (settings, owner))
    return bool(now) and now != before and not is_local(check_url(now, "FOOTNOTE_API_URL"))


def _model(own: Mapping[str, Any], settings: Mapping[str, Setting]) -> str:
    """Who writes where it does not say: never silently another than the one it names."""
    if "model" in own:
        return str(own["model"])
    if settings["policy"].value == "closed":
        return "closed"
    return "local" if own.keys() & {"api_model", "ollama_model"} else str(settings["model"].value)
