"""The options that several commands share, each described once.

The choices repeat the names of registries, because importing those would slow ``--help`` down; a test compares them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

FormatName = Literal["text", "json", "sarif", "junit", "github", "markdown"]
Threshold = Literal["error", "warning", "info", "never"]

Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATHS",
        help="Declarations: YAML files, or folders of them.",
        default_factory=lambda: [Path()],
        show_default="the current folder",
    ),
]
Feeds = Annotated[
    list[str],
    typer.Option(
        "--feed", metavar="ADDRESS", help="What the app receives: a file or folder. May be given again.",
        default_factory=list, show_default=False,
    ),
]  # fmt: skip
Stores = Annotated[
    list[str],
    typer.Option(
        "--store", metavar="ADDRESS", help="What the app holds: a database, file or folder. May be given again.",
        default_factory=list, show_default=False,
    ),
]  # fmt: skip
Review = Annotated[
    Path | None,
    typer.Option("--review", metavar="FILE", help="Counts that `review-held --counts` wrote, to stand in the report."),
]
Previous = Annotated[
    Path | None,
    typer.Option(metavar="PATH", help="An earlier version to compare with: the permission set's file, or its folder."),
]
IntegratorName = Annotated[
    str | None, typer.Option("--integrator", metavar="NAME", help="Read feeds as this integrator's answers.")
]
Encoding = Annotated[str | None, typer.Option(metavar="NAME", help="Encoding of text without a byte-order mark.")]
At = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="The date, or date and time, that the audit speaks of.", show_default="now, UTC"),
]
FailOn = Annotated[Threshold, typer.Option(help="The least severity that makes the command end with exit code 1.")]
StandardFormat = Annotated[FormatName, typer.Option("--format", help="The format on standard output.")]
Outputs = Annotated[
    list[str],
    typer.Option(
        "--output", metavar="FORMAT=PATH", help="Also write this format to a file. May be given again.",
        default_factory=list, show_default=False,
    ),
]  # fmt: skip
Packs = Annotated[
    list[str],
    typer.Option(
        "--pack", metavar="uk|eu", help="Judge by this law. May be given again.", default_factory=list,
        show_default="the permission set's jurisdictions",
    ),
]  # fmt: skip
OwnRules = Annotated[
    list[str],
    typer.Option(
        "--own-rules", metavar="FILE|NAME", default_factory=list, show_default=False,
        help="Also run the rules of this Python file or entry point; its code is run. May be given again.",
    ),
]  # fmt: skip
BaselineFile = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="Findings that were there before: only new ones count."),
]
WriteBaseline = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write all findings that are not waived as a new baseline.")
]
IncludeReserved = Annotated[
    bool, typer.Option("--include-reserved", help="Treat published example numbers and reserved ranges as real ones.")
]
Save = Annotated[
    Path | None,
    typer.Option(
        "--save", metavar="FILE", help="Also save the inventory, so that it can be added to others and audited."
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs", "-j", metavar="N", min=0, help="Processes that read the data; 0 for one a core.", show_default="0",
    ),
]  # fmt: skip
NoColor = Annotated[bool, typer.Option("--no-color", help="Never use colour; NO_COLOR does the same.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
