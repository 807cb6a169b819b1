"""Writes the generated pages: ``python -m compliance.cli.docs docs``.

Rules, options and schemas are described once, where they are made; these pages only set that out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from compliance import resources
from compliance.cli.main import app
from compliance.cli.schema import schema_names
from compliance.cli.writing import make_folder, write_text
from compliance.formats.registry import FORMATS
from compliance.formats.rules import as_markdown
from compliance.rules.documentation import rule_page
from compliance.rules.registry import RULES

GENERATED = "<!-- Written by `make docs`; change the program, not this page. -->\n\n"

Json = Mapping[str, Any]


def pages() -> Mapping[str, str]:
    """Return the text of every generated page by its path below the folder of the documentation."""
    return {
        "cli.md": GENERATED + _commands(),
        "schemas.md": GENERATED + "# Schemas\n\n" + "\n".join(_schema(name) for name in schema_names()),
        "rules/README.md": GENERATED + "# Rules\n\n" + as_markdown([rule.info for rule in RULES]),
        **{f"rules/{rule.info.id}.md": GENERATED + rule_page(rule) for rule in RULES},
    }


def main(folder: Path) -> None:
    """Write every page below ``folder``."""
    for name, text in pages().items():
        make_folder((folder / name).parent)
        write_text(folder / name, text)


def _commands() -> str:
    """Set out the commands and their options."""
    group: Any = typer.main.get_command(app)  # its classes moved between versions of typer; its attributes did not
    formats = "".join(f"| `{made.name}` | {made.description} |\n" for made in FORMATS.values())
    return (
        f"# Commands\n\n{group.help}\n\n"
        + "".join(_command(command) for command in group.commands.values())
        + f"## Formats\n\n| format | for |\n| --- | --- |\n{formats}"
    )


def _command(command: Any) -> str:  # noqa: ANN401 - see _commands
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option" and param.name != "help"]
    usage = " ".join(["compliance", command.name, *(param.make_metavar(_context(command)) for param in arguments)])
    rows = [(param.make_metavar(_context(command)), param.help) for param in arguments]
    rows += [(_names(param, command), _meaning(param)) for param in options]
    table = "".join(f"| `{_cell(name)}` | {_cell(text or '')} |\n" for name, text in rows)
    return f"## compliance {command.name}\n\n{command.help}\n\n```console\n{usage} [OPTIONS]\n```\n\n" + (
        f"| option | meaning |\n| --- | --- |\n{table}\n" if rows else ""
    )


def _context(command: Any) -> typer.Context:  # noqa: ANN401 - see _commands
    return typer.Context(command, info_name=command.name)


def _names(param: Any, command: Any) -> str:  # noqa: ANN401 - see _commands
    names = ", ".join((*param.opts, *param.secondary_opts))
    return names if param.is_flag else f"{names} {param.make_metavar(_context(command))}"


def _meaning(param: Any) -> str:  # noqa: ANN401 - see _commands
    default = param.show_default if isinstance(param.show_default, str) else param.default
    shown = default if isinstance(default, str | Path) else ""
    return f"{param.help} Default: {shown}." if str(shown) else param.help


def _schema(name: str) -> str:
    """Set out one schema: its properties, and those of everything it is made of."""
    schema = json.loads(resources.schema(name).read_text(encoding="utf-8"))
    return "\n".join(_objects(name, schema))


def _objects(name: str, schema: Json) -> Iterator[str]:
    yield f"## {name}\n\n{schema['description']}\n\n{_properties(name, schema)}"
    for part, definition in schema.get("$defs", {}).items():
        if "properties" in definition and part != "list_or_none":
            yield f"### {name}: {part}\n\n{definition.get('description', '')}\n\n{_properties(name, definition)}"


def _properties(name: str, schema: Json) -> str:
    needed = schema.get("required", ())
    rows = "".join(
        f"| `{key}`{' (required)' if key in needed else ''} | {_kind(name, value)} "
        f"| {_cell(value.get('description', ''))} | {_example(value)} |\n"
        for key, value in schema["properties"].items()
    )
    return f"| property | holds | meaning | example |\n| --- | --- | --- | --- |\n{rows}"


def _kind(name: str, value: Json) -> str:
    """Say what a property holds, with a link to the part of the schema that describes it."""
    if "$ref" in value:
        part = value["$ref"].rsplit("/", 1)[-1]
        items = f" of {_kind(name, value['items'])}" if "items" in value else ""
        return f"list{items}" if part == "list_or_none" else f"[{part}](#{name}-{part})"
    if "enum" in value:
        return " or ".join(f"`{json.dumps(choice)}`" for choice in value["enum"])
    if "const" in value:
        return f"`{json.dumps(value['const'])}`"
    if "anyOf" in value:
        return " or ".join(_kind(name, choice) for choice in value["anyOf"])
    kind = value.get("type", "any value")
    said = " or ".join(kind) if isinstance(kind, list) else kind
    return f"{said} of {_kind(name, value['items'])}" if isinstance(value.get("items"), dict) else str(said)


def _example(value: Json) -> str:
    shown = json.dumps(value["examples"][0], ensure_ascii=False) if value.get("examples") else ""
    return f"`{_cell(shown)}`" if 0 < len(shown) <= 80 else ""  # noqa: PLR2004 - a longer one breaks the table


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
