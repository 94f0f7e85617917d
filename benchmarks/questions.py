"""The questions that the benchmarks of speed ask: many, since what is asked again may come out of a memo."""

from evals.suites import find, load


def questions() -> list[str]:
    """Those of the bundled suites, each once."""
    suites = (load(path) for name in ("answers_dev", "sloppy", "near_misses", "off_topic") for path in find([name]))
    return list(dict.fromkeys(case.asked for suite in suites for case in suite.cases))
