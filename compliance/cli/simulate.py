"""``compliance simulate``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from typing import Annotated, Literal

import typer

from compliance.cli.options import At

Name = Annotated[
    Literal["xporter", "oneroster", "wonde"],
    typer.Argument(metavar="NAME", help="The integrator: xporter, oneroster or wonde."),
]
Port = Annotated[int, typer.Option(min=0, max=65535, help="The port on 127.0.0.1; 0 for any that is free.")]
Faults = Annotated[
    list[str],
    typer.Option("--fault", metavar="NAME", help="What goes wrong.", default_factory=list, show_default=False),
]


def simulate(*, name: Name, port: Port = 8765, fault: Faults, at: At = None) -> None:
    """Stand for an integrator's server on this machine, with an invented school."""
    from compliance.cli.choosing import choose
    from compliance.cli.clock import moment
    from compliance.cli.printing import put
    from compliance.example.feed import RELYING_PARTY
    from compliance.example.simulated import FAULTS, simulated
    from compliance.example.site import SECRET

    faults = frozenset(choose(each, FAULTS, what="fault") for each in fault)
    with simulated(moment(at).date(), faults=faults, port=port, name=name) as server:
        party = f", relying_party {RELYING_PARTY}" if server.site.has_tokens else ""
        school = f"The school is invented: {server.site.school}{party}, COMPLIANCE_SECRET={SECRET}."
        put(f"{server.address}\n{school} Ctrl-C ends it.\n")
        server.wait()
