"""``compliance changes``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from compliance.cli.options import NoColor, Quiet
from compliance.errors import UsageError

if TYPE_CHECKING:
    from compliance.changes.compare import Comparison
    from compliance.declarations.revisions import Revision

_RANGE = re.compile(r"(?P<old>[^.:][^:]*?)\.\.(?P<new>[^./:][^:]*)?")
"""Two revisions as git writes them, such as ``main..HEAD``; the second one is HEAD when it is left out."""
_MOST = 2

Versions = Annotated[
    list[str],
    typer.Argument(
        metavar="OLD NEW",
        help="Two files or folders, either of them also as REVISION:PATH; or main..HEAD and the path, if it is not "
        "the current folder.",
        show_default=False,
    ),
]
Authorisations = Annotated[
    list[Path],
    typer.Option(
        "--authorisations", metavar="PATH", help="Authorisations of schools, or a folder of them. May be given again.",
        default_factory=list, show_default=False,
    ),
]  # fmt: skip
Notes = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Write the note that asks each of these schools to decide.")
]
FailOnChange = Annotated[
    Literal["breaking", "notice", "never"], typer.Option("--fail-on", help="The least sign that ends with exit code 1.")
]
ChangesFormat = Annotated[
    Literal["text", "json", "markdown"], typer.Option("--format", help="The format on standard output.")
]
ChangesOutputs = Annotated[
    list[str],
    typer.Option(
        "--output", metavar="FORMAT=PATH", help="Also write this format to a file. May be given again.",
        default_factory=list, show_default=False,
    ),
]  # fmt: skip


def changes(  # noqa: PLR0913 - each parameter is an option of the command line
    *,
    versions: Versions,
    authorisations: Authorisations,
    notes: Notes = None,
    fail_on: FailOnChange = "breaking",
    standard: ChangesFormat = "text",
    output: ChangesOutputs,
    no_color: NoColor = False,
    quiet: Quiet = False,
) -> None:
    """Compare two versions of the declarations, with the sign that privacy needs.

    What is added breaks: a field, a purpose, a recipient, a country, a longer retention, a wider population, a lower
    class. What is removed does not. What changed while its version did not is refused.
    """
    from compliance.changes.base import Sign
    from compliance.cli.choosing import named_paths
    from compliance.cli.printing import put, put_lines
    from compliance.cli.writing import write_text
    from compliance.formats.changes import CHANGES_FORMATS, lines
    from compliance.runs.changes import ChangesRequest, run_changes

    files = tuple(named_paths("--output", output, CHANGES_FORMATS))
    old, new = _sides(versions)
    comparison = run_changes(ChangesRequest(before=(old,), now=(new,), authorisations=tuple(authorisations)))
    for name, path in files:
        write_text(path, CHANGES_FORMATS[name](comparison))
    if notes:
        _write_notes(notes, comparison)
    if not quiet and standard == "text":
        put_lines(lines(comparison), no_color=no_color)
    elif not quiet:
        put(CHANGES_FORMATS[standard](comparison))
    failing = {"breaking": {Sign.BREAKING}, "notice": {Sign.BREAKING, Sign.NOTICE}, "never": set[Sign]()}[fail_on]
    if any(change.sign in failing for change in comparison.changes):
        raise typer.Exit(1)


def _sides(words: Sequence[str]) -> tuple[Path | Revision, Path | Revision]:
    """Read the two versions. Raises ``UsageError``."""
    from compliance.declarations.revisions import Revision, revision_at

    first, *rest = words
    span = None if Path(first).exists() else _RANGE.fullmatch(first)
    if span and len(words) <= _MOST:
        path = Path(rest[0]) if rest else Path()
        return Revision(span["old"], path), Revision(span["new"] or "HEAD", path)
    if len(words) != _MOST:
        raise UsageError(
            "Two versions are compared.", hint="Give the old and the new one, or revisions such as main..HEAD."
        )
    old, new = (revision_at(word) or Path(word) for word in words)
    return old, new


def _write_notes(folder: Path, comparison: Comparison) -> None:
    """Write a note to each school, named after it. Raises ``OutputError``."""
    from compliance.cli.naming import slug
    from compliance.cli.writing import make_folder, write_text
    from compliance.formats.reauthorisation import note

    asked = comparison.now.permission_set
    if asked is None:
        return
    make_folder(folder)
    for authorisation in comparison.schools:
        school = authorisation.school
        number = school.urn or school.laestab
        name = "-".join(part for part in (slug(school.name, number), number) if part)
        write_text(folder / f"{name}.txt", note(comparison, authorisation, asked))
