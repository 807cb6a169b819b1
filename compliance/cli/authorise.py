"""``compliance authorise``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.options import At, Paths, Quiet

Form = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="The form of a data authorisation review: its PDF, filled in and saved, or the file that its page gives.",
    ),
]
Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="The authorisation to write.")]
Replace = Annotated[bool, typer.Option("--replace", help="Write over an authorisation that is there already.")]


def authorise(
    *,
    form: Form,
    paths: Paths,
    out: Out = Path("authorisation.yaml"),
    replace: Replace = False,
    at: At = None,
    quiet: Quiet = False,
) -> None:
    """Make a school's authorisation of the form that it handed in.

    PATHS are the declarations of which the review was made. The receipt number stands for what was decided.
    """
    from compliance.cli.clock import moment
    from compliance.cli.printing import put
    from compliance.cli.writing import write_absent, write_text
    from compliance.runs.authorisation import run_authorisation

    made = run_authorisation(form, paths, name=out.as_posix(), at=moment(at))
    if replace:
        write_text(out, made.text)
    else:
        write_absent(out, made.text, hint="Name another file with --out, or write over it with --replace.")
    if not quiet:
        it = made.authorisation
        put(
            f"{out}\n"
            f"{it.school.name}, {it.by_role}, {it.authorised_on}: version {it.version} of {it.app}\n"
            f"Granted: {', '.join(sorted(it.granted_scopes)) or 'nothing'}\n"
            f"Declined: {', '.join(each.id for each in (*it.declined_scopes, *it.declined_fields)) or 'nothing'}\n"
            f"Receipt number: {it.receipt}\n"
        )
