"""``footnote eval accept``: a run becomes the baseline."""

from evals.console import note
from evals.options import Run, Suites
from knowledge.errors import FootnoteError

NAME = "accept"


def command(run: Run, suite: Suites = None) -> None:
    """Make a run the accepted baseline of its suites, in accepted.json beside them; commit that file.

    Example: footnote eval accept eval-run
    """
    from evals.baseline import accept as write
    from evals.results import read
    from evals.suites import find, load

    found = read(run)
    files = {load(path).name: path for path in find(suite or [])}
    if missing := [name for name in found.suites if name not in files]:
        raise FootnoteError(
            f"the run has the suites {', '.join(missing)}", "give their files: footnote eval accept RUN FILE"
        )
    for path in dict.fromkeys(write(found, name, files[name].parent) for name in found.suites):
        note(f"accepted: {path}")
