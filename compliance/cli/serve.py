"""``compliance serve``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.options import At

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of reports.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="The port on 127.0.0.1; 0 for any that is free.")]


def serve(*, folder: Folder, port: Port = 8400, at: At = None) -> None:
    """Show a folder of reports in a browser of this machine: find a school, open its reports. Nothing is changed."""
    from compliance import __version__
    from compliance.batch.index import TEMPLATE, index_view
    from compliance.batch.serving import serving, shown_in
    from compliance.cli.clock import moment
    from compliance.cli.printing import put
    from compliance.reports.render import page_of
    from compliance.reports.words import day

    now = moment(at)

    def index() -> str:
        page = index_view(
            shown_in(folder), author=f"compliance {__version__}", date=day(now.date()), date_iso=now.isoformat()
        )
        return page_of(page, TEMPLATE)

    with serving(folder, index, port=port) as server:
        put(f"{server.address}\nOnly this machine can see it. Ctrl-C ends it.\n")
        server.wait()
