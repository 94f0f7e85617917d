"""``footnote eval``: assembles the verbs of this package, to be mounted by the command line."""

import typer

from evals.commands import accept, beir, check, compare, draft, run, squad

app = typer.Typer(help="Is it good, is it better than before? Suites of questions over articles.", no_args_is_help=True)
for verb in (check, run, compare, accept, beir, squad, draft):
    app.command(verb.NAME)(verb.command)
