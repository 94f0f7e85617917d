"""The documents say what the code does: settings, commands, files, and the README's commands."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import pytest
import typer.main
import yaml

from assistant.models.suggestions import suggestions
from assistant.wiring_writers import make_writers
from knowledge.backup import DATABASES, NOTES
from knowledge.errors import Kind
from knowledge.settings import values
from ui.cli import app
from ui.settings import ALL, load

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
PACKAGES = ("knowledge", "ingest", "assistant", "ui", "evals")


def commands() -> list[str]:
    """Every verb with its sub-verbs, as typed."""
    found = []
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        found.append(name)
        found += [f"{name} {inner}" for inner in getattr(command, "commands", {})]
    return found


@pytest.mark.parametrize("setting", ALL, ids=lambda setting: setting.name)
def test_every_setting_is_in_the_reference(setting: object) -> None:
    assert f"`{setting.variable}`" in REFERENCE  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", commands())
def test_every_command_is_in_the_reference(name: str) -> None:
    assert f"footnote {name}" in REFERENCE


@pytest.mark.parametrize("kind", get_args(Kind)[1:])
def test_every_kind_of_error_is_in_the_reference(kind: str) -> None:
    assert f"`{kind}`" in REFERENCE


def test_the_reference_names_no_setting_and_no_command_that_is_not_there() -> None:
    known = {setting.variable for setting in ALL}
    assert set(re.findall(r"FOOTNOTE_[A-Z_]+", REFERENCE + README)) <= known
    verbs = {name.split()[0] for name in commands()}
    assert set(re.findall(r"^footnote ([a-z]+)", REFERENCE, re.MULTILINE)) <= verbs


def test_the_readme_lists_every_folder_and_module() -> None:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            if path.name != "__init__.py":
                assert f"`{name}`" in README, f"the README's file list lacks {name}"
    for name in re.findall(r"^\| `([\w./-]+\.py)`", README, re.MULTILINE):
        assert (ROOT / name).exists(), f"the README lists {name}, which is gone"


def test_the_readme_lists_the_files_of_a_folder_by_name() -> None:
    named = re.findall(r"^\| `([\w./-]+)/(\w+\.py)`", README, re.MULTILINE)
    for folder in {folder for folder, _ in named}:
        files = [file for where, file in named if where == folder]
        assert files == sorted(files), folder


def test_what_the_readme_says_of_a_file_takes_about_eight_words() -> None:
    for name, says in re.findall(r"^\| `([\w./-]+\.py)` \| (.+) \|$", README, re.MULTILINE):
        assert 3 <= len(says.split()) <= 10, f"{name}: {says}"


def test_links_between_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")]:
        written = re.sub(r"`[^`]*`", "", document.read_text(encoding="utf-8"))
        for link in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", written):
            if not link.startswith(("http", "mailto")):
                assert (document.parent / link).exists(), f"{document.relative_to(ROOT)} links to {link}"


def test_files_and_folders_that_documents_name_are_there() -> None:
    ours = re.compile(rf"`((?:{'|'.join(PACKAGES)}|benchmarks|tests|docs)/[\w./-]+)`")
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")]:
        for name in ours.findall(document.read_text(encoding="utf-8")):
            assert document.name == "CHANGELOG.md" or (ROOT / name).exists(), f"{document.name} names {name}"


def test_what_modules_keep_in_the_data_folder_is_in_the_reference_and_in_a_backup() -> None:
    kept = re.compile(r'^FILE = "(\w+\.(?:sqlite|json))"', re.MULTILINE)
    modules = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    names = {name for path in modules for name in kept.findall(path.read_text(encoding="utf-8"))}
    names.remove("accepted.json")  # it stands beside the suites
    assert names == {*DATABASES, *NOTES}
    assert all(f"`{name}`" in REFERENCE for name in names)


def test_the_compose_file_has_settings_that_start_and_names_that_are_known() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    settings = load(environ=services["footnote"]["environment"])
    server = make_writers(values(settings), None).server
    assert server.stays_here
    assert urlsplit(server.url).hostname in services["ollama"]["networks"]["default"]["aliases"]


def test_models_that_documents_pull_are_suggested() -> None:
    known = {one.name for one in suggestions()}
    for document in (ROOT / "docs").glob("*.md"):
        assert set(re.findall(r"ollama pull (\S+)", document.read_text(encoding="utf-8"))) <= known, document


def test_the_modules_that_documents_run_are_there() -> None:
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")]:
        for name in re.findall(r"python -m ((?:benchmarks|tests)(?:\.\w+)+)", document.read_text(encoding="utf-8")):
            path = ROOT / name.replace(".", "/")
            assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), f"{document.name} runs {name}"


def test_the_make_targets_named_in_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        named = set(re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", document.read_text(encoding="utf-8"), re.MULTILINE))
        assert {one or other for one, other in named} <= targets, document


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", README + REFERENCE, re.DOTALL))
def test_python_blocks_of_the_documents_run(block: str, tmp_path: Path) -> None:
    code = "import os\nos.environ['FOOTNOTE_EMBEDDER'] = 'hashing'\n" + block
    env = {"PATH": "", "FOOTNOTE_DATA_DIR": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=env, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_change_log_has_the_version_of_the_package() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
