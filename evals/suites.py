"""Suites as YAML files: found by name or path, read, and every broken case named."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from evals.case import Case, Suite
from knowledge.errors import UsageError

BUNDLED = Path(__file__).parent / "suites"


class BrokenSuite(UsageError):
    """A suite that cannot be run; ``problems`` has a line for each broken case."""

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        super().__init__(f"{path.name} has {len(problems)} broken cases: " + "; ".join(problems), "mend them")
        self.problems = list(problems)


def find(given: Sequence[str]) -> list[Path]:
    """Files of the suites named: a bundled suite's name, a YAML file, or a folder of them; all bundled for none.

    Raises:
        UsageError: no such suite.
    """
    return [path for name in given or [str(BUNDLED)] for path in _files(name)]


def _files(name: str) -> list[Path]:
    path = BUNDLED / f"{name}.yaml" if (BUNDLED / f"{name}.yaml").exists() else Path(name)
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path] if path.is_file() else []
    if not files:
        known = ", ".join(sorted(file.stem for file in BUNDLED.glob("*.yaml")))
        raise UsageError(f"there is no suite {name!r}", f"give a YAML file, a folder of them, or one of: {known}")
    return files


def load(path: Path) -> Suite:
    """The suite in a file; its ``knowledge`` as an absolute path.

    Raises:
        BrokenSuite: it is no YAML, or a case is not in form; all that is wrong is named at once.
    """
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise BrokenSuite(path, [f"it cannot be read as YAML: {' '.join(str(error).split())}"]) from error
    if not isinstance(given, dict) or not isinstance(given.get("cases"), list):
        raise BrokenSuite(path, ["it has no list of cases"])
    if problems := [*_forms(given["cases"]), *_twice(given["cases"])]:
        raise BrokenSuite(path, problems)
    try:
        suite = Suite.model_validate(given)
    except ValidationError as error:
        raise BrokenSuite(path, _told(error)) from error
    return suite.model_copy(update={"knowledge": _folder(suite.knowledge, path)})


def _forms(cases: Sequence[Any]) -> list[str]:
    problems = []
    for number, case in enumerate(cases, 1):
        try:
            Case.model_validate(case)
        except ValidationError as error:
            problems += [f"{_label(number, case)}: {line}" for line in _told(error)]
    return problems


def _twice(cases: Sequence[Any]) -> list[str]:
    """Ids, and questions with the same conversation before them, that occur more than once."""
    dicts = [case for case in cases if isinstance(case, dict)]
    ids = Counter(str(case.get("id")) for case in dicts)
    asked = Counter(str(case.get("question") or case.get("turns")).casefold() for case in dicts)
    return [f"{found}: this id occurs {n} times" for found, n in ids.items() if n > 1] + [
        f"{found[:60]!r} is asked {n} times" for found, n in asked.items() if n > 1
    ]


def _label(number: int, case: Any) -> str:
    return str(case.get("id")) if isinstance(case, dict) and case.get("id") else f"case {number}"


def _told(error: ValidationError) -> list[str]:
    """Pydantic's findings, each as ``field: what``."""
    lines = []
    for found in error.errors(include_url=False):
        where = ".".join(str(part) for part in found["loc"])
        what = found["msg"].removeprefix("Value error, ")
        lines.append(f"{where}: {what}" if where else what)
    return lines


def _folder(knowledge: Path, suite: Path) -> Path:
    """As it is from here; else from the suite's folder or one above it, so that a suite runs from anywhere."""
    places = [Path.cwd(), *suite.resolve().parents]
    return next((place / knowledge for place in places if (place / knowledge).exists()), knowledge).resolve()
