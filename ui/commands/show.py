"""``footnote show``: the cleaned text of one article, as it is quoted."""

from typing import Annotated

import typer

from knowledge.errors import UsageError
from knowledge.settings import data_folder
from ui.opened import open_catalogue, settings_for
from ui.terminal import console
from ui.terminal.options import DataDir, Json

NAME = "show"


def command(
    article_id: Annotated[str, typer.Argument(help="Id of an article, as `footnote search` prints it.")],
    data_dir: DataDir = None,
    json: Json = False,
) -> None:
    """Print the cleaned text of one article.

    Example: footnote show hallucinations
    """
    from dataclasses import asdict

    with open_catalogue(data_folder(settings_for(data_dir))) as catalogue:
        article = catalogue.article(article_id)
    if article is None:
        raise UsageError(f"there is no article {article_id!r}", "`footnote search` prints the ids of what it finds")
    if json:
        console.data({name: value for name, value in asdict(article).items() if name != "blocks"})
    else:
        console.text(article.text)
