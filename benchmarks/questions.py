"""The questions that the benchmarks of speed ask: many, since what is asked again may come out of a memo."""

from evals.suites import find, load

ASKED = ("answers_dev", "sloppy", "near_misses", "off_topic")


def questions(*suites: str) -> list[str]:
    """Those of bundled suites, each once."""
    loaded = (load(path) for name in suites or ASKED for path in find([name]))
    return list(dict.fromkeys(case.asked for suite in loaded for case in suite.cases))
