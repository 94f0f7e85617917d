"""Public sets in BEIR's form: read, searched, measured as trec_eval measures, and told what is wrong with them."""

import json
from pathlib import Path

import pytest
import pytrec_eval

from evals import beir
from knowledge.errors import UsageError
from tests.ui.conftest import Run, footnote

__all__ = ["footnote"]

DOCUMENTS = {
    "a/1": "Bread is baked from flour, water and salt.", "a/2": "Tea is brewed from dried leaves.",
    "a/3": "Ships sail on the sea when the wind blows.", "a/4": "Flour is milled from wheat and rye.",
}  # fmt: skip
QUERIES = {"q1": "what is bread baked from", "q2": "flour from wheat", "q3": "no judgement for this one"}


@pytest.fixture
def public(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    folder.mkdir()
    corpus = [{"_id": name, "title": "" if name == "a/3" else name, "text": text} for name, text in DOCUMENTS.items()]
    queries = [{"_id": name, "text": text} for name, text in QUERIES.items()]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    judgements = "q1\ta/1\t2\nq1\ta/4\t1\nq1\ta/3\t0\nq2\ta/4\t1\n"
    (folder / "qrels.tsv").write_text(f"query-id\tcorpus-id\tscore\n{judgements}", encoding="utf-8")
    return folder


def test_figures_equal_trec_evals_on_the_run_file_we_write(footnote: Run, public: Path, tmp_path: Path) -> None:
    run_file = tmp_path / "tiny.run"
    code, out, _ = footnote("eval", "beir", str(public), "--out", str(run_file), "--json")
    found = json.loads(out)
    assert (code, found["set"], found["queries"]) == (0, "tiny", 2)
    run: dict[str, dict[str, float]] = {}
    for line in run_file.read_text(encoding="utf-8").splitlines():
        query, _, document, _, score, _ = line.split()
        run.setdefault(query, {})[document] = float(score)
    grades = {"q1": {"a/1": 2, "a/4": 1, "a/3": 0}, "q2": {"a/4": 1}}
    theirs = pytrec_eval.RelevanceEvaluator(grades, {"ndcg_cut_10", "recall_5", "recip_rank"}).evaluate(run)
    names = {"ndcg_at_10": "ndcg_cut_10", "recall_at_5": "recall_5", "mrr": "recip_rank"}
    for ours, name in names.items():
        mean = sum(one[name] for one in theirs.values()) / len(theirs)
        assert found["metrics"][ours]["mean"] == pytest.approx(mean, abs=1e-6)


def test_a_second_run_embeds_nothing_again_and_says_the_same(footnote: Run, public: Path) -> None:
    first = footnote("eval", "beir", str(public))
    assert footnote("eval", "beir", str(public)) == first


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("corpus.jsonl", "{", "not a set"),
        ("queries.jsonl", '{"_id": "q1"}', "'text'"),
        ("qrels.tsv", "h\nq1\ta", "values"),
    ],
)
def test_a_set_that_is_not_in_form_is_told_apart(public: Path, file: str, text: str, told: str) -> None:
    (public / file).write_text(text)
    with pytest.raises(UsageError, match=told):
        beir.load(public)


def test_judgements_may_lie_in_a_folder_and_are_missed_by_name(public: Path) -> None:
    (public / "qrels").mkdir()
    (public / "qrels.tsv").rename(public / "qrels" / "test.tsv")
    assert set(beir.load(public).queries) == {"q1", "q2"}
    (public / "qrels" / "test.tsv").unlink()
    with pytest.raises(UsageError, match=r"neither qrels\.tsv nor qrels/test\.tsv"):
        beir.load(public)
