"""``compliance init``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write to; made if it is not there.")]


def init(*, folder: Folder) -> None:
    """Start a project with commented declarations."""
    from compliance.cli.printing import put
    from compliance.cli.starter import starter
    from compliance.cli.writing import make_folder, write_text
    from compliance.errors import OutputError, Place

    files = {folder / name: text for name, text in starter().items()}
    there = [path for path in files if path.exists()]
    if there:
        raise OutputError(
            "It is there already, and nothing was written.", hint="Name another folder.", place=Place(str(there[0]))
        )
    for path, text in files.items():
        make_folder(path.parent)
        write_text(path, text)
    put("".join(f"{path}\n" for path in files) + f"\nChange what is not yours, then: compliance check {folder}\n")
