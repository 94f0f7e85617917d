"""Settings: a table of name, default and help per package, read from the environment in one place.

Each package keeps its own table beside what it configures; ``ui/settings.py`` puts them together. The
shape follows datasette's ``SETTINGS``. Constructors get plain values, never this module.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import platformdirs

from knowledge.errors import UnknownSetting

PREFIX = "FOOTNOTE_"

Value = str | int | float


@dataclass(frozen=True, slots=True, repr=False)
class Setting:
    """One setting: ``name`` in lower case, its default (or what replaced it) as ``value``, and where that is from.

    A number lies between ``least`` and ``most``. The value of a ``secret`` one is never shown.
    """

    name: str
    value: Value
    help: str
    origin: str = "default"
    secret: bool = False
    least: float | None = None
    most: float | None = None

    def __repr__(self) -> str:
        return f"Setting({self.name}={self.shown!r}, {self.origin})"

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return PREFIX + self.name.upper()

    @property
    def shown(self) -> Value:
        """The value, or that there is one."""
        return "(set)" if self.secret and self.value else self.value

    def read(self, environ: Mapping[str, str]) -> "Setting":
        """This setting with the value the environment gives it.

        Raises:
            UnknownSetting: the value is not of the default's type, or out of range.
        """
        raw = environ.get(self.variable, "")
        if not raw:
            return self
        try:
            value = type(self.value)(raw)
        except ValueError:
            kind = type(self.value).__name__
            raise UnknownSetting(
                f"{self.variable}={raw!r} is not {'a number' if kind != 'str' else kind}",
                f"set it to something like {self.value!r}, or unset it",
            ) from None
        return self.given(value, self.variable)

    def given(self, value: Value, origin: str) -> "Setting":
        """This setting with another value.

        Raises:
            UnknownSetting: the value is out of range.
        """
        if not isinstance(value, str) and not self._in_range(value):
            raise UnknownSetting(f"{self.variable}={value} is out of range", f"set it to {self.range}, or unset it")
        return replace(self, value=value, origin=origin)

    @property
    def range(self) -> str:
        """What a number may be, in words; empty when it may be any."""
        if self.least is None:
            return ""
        return f"{self.least} or more" if self.most is None else f"{self.least} to {self.most}"

    def _in_range(self, value: float) -> bool:
        if self.least is None:
            return True
        return self.least <= value <= (math.inf if self.most is None else self.most) and math.isfinite(value)


KNOWLEDGE = (
    Setting("data_dir", platformdirs.user_data_dir("footnote"), "folder of the catalogue and the vectors"),
    Setting(
        "embedder",
        "all-MiniLM-L6-v2",
        "embedding model: the packaged all-MiniLM-L6-v2, a sentence-transformers name or folder, or "
        "'hashing' (word hashes, for trying things out); with ':int8' behind it smaller, faster and slightly worse",
    ),
)


def read_settings(table: Iterable[Setting], environ: Mapping[str, str]) -> dict[str, Setting]:
    """Every setting of ``table`` by name, with values from ``environ`` where it has them.

    Raises:
        UnknownSetting: a ``FOOTNOTE_`` variable that no setting of the table has, a value of the wrong type or range.
    """
    settings = {setting.name: setting.read(environ) for setting in table}
    known = {setting.variable for setting in settings.values()}
    for variable in environ:
        if variable.startswith(PREFIX) and variable not in known:
            near = get_close_matches(variable, known, n=1)
            hint = f"did you mean {near[0]}? Otherwise" if near else "`footnote config show` lists all settings;"
            raise UnknownSetting(f"unknown setting {variable}", hint + " unset it.")
    return settings


def values(settings: Mapping[str, Setting]) -> dict[str, Value]:
    """What each setting is set to, by name."""
    return {name: setting.value for name, setting in settings.items()}


def data_folder(settings: Mapping[str, Setting]) -> Path:
    """The data folder as an absolute path."""
    return Path(str(settings["data_dir"].value)).expanduser().resolve()
