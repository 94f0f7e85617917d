"""The runner: all tasks of a run, several at a time, in order."""

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

from evals.case import Suite
from evals.examiner import Examiner, Task
from evals.row import Key, Row

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
    left = [task for task in todo if (task.suite, task.case.id, task.configuration, task.repeat) not in done]
    with ThreadPoolExecutor(jobs) as pool:
        for _, own in groupby(left, key=lambda task: task.configuration):
            yield from _configuration(list(own), examiner, pool, jobs)


def _configuration(todo: Sequence[Task], examiner: Examiner, pool: ThreadPoolExecutor, jobs: int) -> Iterator[Row]:
    """In batches, so that no more than one batch is asked after the model went away."""
    failed: list[str] = []
    for start in range(0, len(todo), jobs):
        batch = todo[start : start + jobs]
        if len(failed) >= GIVE_UP:
            yield from (task.row("skipped", f"{len(failed)} errors in a row, the last: {failed[-1]}") for task in batch)
            continue
        for row in pool.map(examiner.examine, batch):
            failed = [*failed, row.reason] if row.status == "error" else []
            yield row
