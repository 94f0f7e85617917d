"""The wheel carries what it needs: articles, prompts, the page's files, the command."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_wheel_is_complete(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    wheel = next(tmp_path.glob("footnote_assistant-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        entry = archive.read(next(name for name in names if name.endswith("entry_points.txt"))).decode()
    articles = {f"knowledge/articles/{path.name}" for path in (ROOT / "knowledge/articles").glob("*.md")}
    assert articles <= names
    assert {
        "assistant/moderation.toml",
        "assistant/models/prices.toml",
        "assistant/prompts/answer.v2.txt",
        "evals/suites/off_topic.yaml",
        "ui/pages/static/chat.css",
        "ui/pages/static/article.css",
    } <= names
    assert {f"ui/widget/dist/{path.name}" for path in (ROOT / "ui/widget/dist").iterdir()} <= names
    assert not any(name.startswith(("tests/", "benchmarks/", "docs/")) for name in names)
    assert not any(
        name.startswith("ui/widget/") and "/dist/" not in name and not name.endswith(".py") for name in names
    )
    assert "footnote = ui.cli:main" in entry
