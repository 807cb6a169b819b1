"""``compliance pull``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.inventory import InventoryFormat
from compliance.cli.options import At, NoColor

SchoolName = Annotated[str, typer.Argument(metavar="SCHOOL", help="The school's authorisation file, or its number.")]
PermissionSetFile = Annotated[
    list[Path],
    typer.Option(
        "--for", metavar="PATH", help="The permission set: it says what is pulled, and from whom.",
        default_factory=list, show_default=False,
    ),
]  # fmt: skip
To = Annotated[str | None, typer.Option(metavar="URL", help="For trials: http://127.0.0.1:PORT of a simulated server.")]
SaveInventory = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Also save the inventory, so that it can be audited as a feed.")
]
SaveAnswers = Annotated[
    Path | None,
    typer.Option(
        "--save", metavar="DIR", help="Also keep the answers themselves, which are personal data, in a new folder."
    ),
]


def pull(  # noqa: PLR0913 - each parameter is an option of the command line
    *,
    school: SchoolName,
    declarations: PermissionSetFile,
    to: To = None,
    at: At = None,
    save_inventory: SaveInventory = None,
    save: SaveAnswers = None,
    standard: InventoryFormat = "text",
    no_color: NoColor = False,
) -> None:
    """Ask the integrator itself about one school, and say what came, without a single value of it.

    COMPLIANCE_SECRET_FILE names the private file with the school's secret, or COMPLIANCE_SECRET holds it. Pupils' data
    is looked at as it comes and is not kept. What did not come whole is an error, never half an inventory.
    """
    from compliance.cli import saving
    from compliance.cli.answers import answers_in
    from compliance.cli.clock import moment
    from compliance.cli.keys import run_key, saving_key
    from compliance.cli.secret import pull_secret
    from compliance.runs.pull import PullRequest, run_pull

    key = saving_key() if save_inventory else run_key()
    given = Path(school)
    is_file = given.is_file()
    request = PullRequest(
        declarations=(*declarations, *([given] if is_file else [])),
        at=moment(at),
        school="" if is_file else school,
        secret=pull_secret(),
        key=key,
        to=to,
    )
    if save:
        with answers_in(save) as keep:
            taken = run_pull(replace(request, save=keep))
    else:
        taken = run_pull(request)
    if save_inventory:
        saving.save_inventory(save_inventory, taken, key)
    saving.put_inventory(taken, standard, no_color=no_color)
