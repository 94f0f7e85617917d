"""``footnote mcp``: the tools of the Model Context Protocol over stdin and stdout."""

from ui.opened import settings_for
from ui.terminal.options import DataDir

NAME = "mcp"


def command(data_dir: DataDir = None) -> None:
    """Give a local client of the Model Context Protocol the tools search, fetch and ask, over stdin and stdout.

    A running `footnote serve` has them at /mcp.

    Example: footnote mcp --data-dir ./base
    """
    settings = settings_for(data_dir)
    from ui.mcp.tools import make_server
    from ui.server.service import open_service

    with open_service(settings, purpose=NAME) as service:
        service.warm()
        make_server(service).run("stdio")
