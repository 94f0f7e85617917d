"""A whole run: suites in, a folder of results and reports out, and the gate's checks."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals import provenance, results
from evals.baseline import Accepted, Check, checks, read_accepted, verdict
from evals.case import Suite
from evals.configuration import configurations, named
from evals.reports.files import write_reports
from evals.results import Run
from evals.row import JUDGED, Row
from evals.runner import run, tasks
from evals.stale import Seen, seen, told
from evals.suites import BrokenSuite, load
from evals.validator import problems, read_articles
from evals.wiring import examining, make_judge
from knowledge.article import Article
from knowledge.settings import Setting

Progress = Callable[[Row, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run; ``out`` is the folder of the results, ``judge`` a configuration's name, empty for none.

    ``own`` is a file of configurations with settings of their own, see ``evals.configuration``.
    """

    files: Sequence[Path]
    configurations: Sequence[str]
    out: Path
    repeats: int = 1
    jobs: int = 2
    resume: bool = False
    judge: str = ""
    own: Path | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """``checks`` are the gate's; ``files`` the reports written."""

    run: Run
    checks: Sequence[Check]
    files: Sequence[Path]

    @property
    def open(self) -> bool:
        """Is the gate open?"""
        return not any(check.red for check in self.checks)

    @property
    def verdict(self) -> str:
        """The gate in a sentence."""
        return verdict(self.checks)

    @property
    def stale(self) -> list[str]:
        """A line for each case that is older than its article, whether it passes or not."""
        older = {(row.suite, row.case): row.changed for row in self.run.rows if row.changed}
        return [f"{suite} {case}: {told(names)}" for (suite, case), names in older.items()]

    def silent(self) -> dict[str, str]:
        """Configurations that wrote not one answer because of errors, with the first one's reason."""
        found: dict[str, str] = {}
        for name, rows in self.run.by_configuration.items():
            errors = [row.reason for row in rows if row.status == "error"]
            wrote = any(row.answer and row.answer["answered"] for row in rows if row.status in JUDGED)
            found |= {name: errors[0]} if errors and not wrote else {}
        return found


def suites_of(files: Sequence[Path], seen: Mapping[str, Seen]) -> tuple[list[Suite], dict[Path, dict[str, Article]]]:
    """The suites, every case checked that is not stale, and their articles by folder.

    Raises:
        BrokenSuite: with every broken case of the first such suite.
    """
    suites = [load(path) for path in files]
    articles = {folder: read_articles(folder) for folder in {suite.knowledge for suite in suites}}
    for path, suite in zip(files, suites, strict=True):
        if found := problems(suite, articles[suite.knowledge], seen.get(suite.name, {})):
            raise BrokenSuite(path, found)
    return suites, articles


def execute(plan: Plan, settings: Mapping[str, Setting], progress: Progress) -> Outcome:
    """Run, judge, write. ``progress`` gets each row, and how many there will be.

    Raises:
        FootnoteError: a broken suite, a folder that cannot be used, results of another run to resume.
    """
    known = {suite: seen(own) for suite, own in read_accepted([path.parent for path in plan.files]).items()}
    suites, articles = suites_of(plan.files, known)
    began = time.perf_counter()
    everything = [article for found in articles.values() for article in found.values()]
    known_names = configurations(plan.own, settings)
    asked = {name: named(name, known_names, settings) for name in plan.configurations}
    own = {name: one for name, one in asked.items() if name in known_names}
    judge = make_judge(named(plan.judge, known_names, settings)) if plan.judge else None
    about = provenance.about(suites, everything, settings) | provenance.of(asked) | provenance.of_judge(judge)
    with results.writing(plan.out, about, plan.resume) as (file, done):
        left = len(tasks(suites, plan.configurations, plan.repeats)) - len(done)
        for folder in articles:
            todo = tasks([one for one in suites if one.knowledge == folder], plan.configurations, plan.repeats)
            with examining(settings, folder, known, judge, own) as examiner:
                for row in run(todo, examiner, plan.jobs, done):
                    results.write(file, row)
                    progress(row, left)
    finished = results.read(plan.out)
    timed = Run({**finished.about, "seconds": round(time.perf_counter() - began, 1)}, finished.rows)
    return judged(timed, plan.files, plan.out)


def judged(found: Run, files: Sequence[Path], out: Path) -> Outcome:
    """The gate's checks and the reports of a run that is there."""
    accepted: Accepted = read_accepted([path.parent for path in files])
    looked = checks(found, accepted)
    return Outcome(found, looked, write_reports(out, found, looked, accepted))
