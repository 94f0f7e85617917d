"""What the verbs of ``footnote eval`` read and write: the owner's settings, stdout, stderr."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import typer

from knowledge.settings import Setting


def note(line: str) -> None:
    """A line about what is going on, on stderr."""
    typer.echo(line, err=True)


def data(value: Any) -> None:
    """One JSON value, the only thing on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def settings(context: typer.Context, data_dir: Path | None) -> Mapping[str, Setting]:
    """The owner's settings; the command line that mounts this one hands over how they are read."""
    load: Callable[[Path | None], Mapping[str, Setting]] = context.obj
    return load(data_dir)
