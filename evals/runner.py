"""The runner: all tasks of a run, several at a time, in order."""

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

from evals.case import Suite
from evals.examiner import Examiner
from evals.row import Key, Row
from evals.task import Task

# A model that is not there fails every case; after this many in a row the rest of its cases are skipped.
GIVE_UP = 3


def tasks(suites: Sequence[Suite], configurations: Sequence[str], repeats: int) -> list[Task]:
    """Every case of every suite, for every configuration, ``repeats`` times; a configuration's tasks stand together."""
    return [
        Task(suite.name, case, configuration, repeat)
        for configuration in configurations
        for suite in suites
        for case in suite.cases
        for repeat in range(1, repeats + 1)
    ]


def run(todo: Sequence[Task], examiner: Examiner, jobs: int, done: Collection[Key] = ()) -> Iterator[Row]:
    """Rows as they come, in order of the tasks; tasks whose key is in ``done`` are left out."""
    left = [task for task in todo if task.key not in done]
    with ThreadPoolExecutor(jobs) as pool:
        for _, own in groupby(left, key=lambda task: task.configuration):
            yield from _configuration(list(own), examiner, pool, jobs)


def _configuration(todo: Sequence[Task], examiner: Examiner, pool: ThreadPoolExecutor, jobs: int) -> Iterator[Row]:
    """In batches, so that no more than one batch is asked after the model went away."""
    failed: list[str] = []
    left = list(todo)
    while left:
        batch, left = left[:jobs], left[jobs:]
        if len(failed) >= GIVE_UP:
            yield from (task.row("skipped", f"{len(failed)} errors in a row, the last: {failed[-1]}") for task in batch)
            continue
        rows, too_many = _batch(batch, examiner, pool)
        jobs = max(1, jobs // 2) if too_many else jobs
        for row in rows:
            failed = [*failed, row.reason] if row.status == "error" else []
            yield row


def _batch(batch: Sequence[Task], examiner: Examiner, pool: ThreadPoolExecutor) -> tuple[list[Row], bool]:
    """Rows of a batch, and whether it was too many at a time for the server: what failed together works alone."""
    rows = list(pool.map(examiner.examine, batch))
    if len(batch) == 1:
        return rows, False
    alone = [examiner.examine(task) if row.status == "error" else row for task, row in zip(batch, rows, strict=True)]
    return alone, any(row.status == "error" != now.status for row, now in zip(rows, alone, strict=True))
