"""``compliance schema``."""
# ruff: noqa: PLC0415 - imported when the command runs, so that --help answers at once

from __future__ import annotations

from typing import Annotated

import typer

Name = Annotated[str | None, typer.Argument(metavar="NAME", help="The schema's name, such as permission-set.")]
List = Annotated[bool, typer.Option("--list", help="List the names.")]


def schema(*, name: Name = None, names: List = False) -> None:
    """Print the JSON Schema of a declaration or of the JSON output."""
    from compliance import resources
    from compliance.cli.choosing import choose
    from compliance.cli.printing import put
    from compliance.errors import UsageError

    known = schema_names()
    if names:
        put("".join(f"{known_name}\n" for known_name in known))
    elif name is None:
        raise UsageError("Which schema?", hint=f"Known: {', '.join(known)}.")
    else:
        put(resources.schema(choose(name, known, what="schema")).read_text(encoding="utf-8"))


def schema_names() -> tuple[str, ...]:
    """Return the name of every schema, sorted."""
    from compliance import resources

    return tuple(
        sorted(path.name.removesuffix(".schema.json") for path in resources.folder(resources.SCHEMAS).glob("*.json"))
    )
