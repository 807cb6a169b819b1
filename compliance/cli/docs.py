"""Writes the generated pages: ``python -m compliance.cli.docs docs``.

Rules, options and schemas are described once, where they are made; these pages only set that out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from compliance import resources
from compliance.cli.examples import EXAMPLES
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
        **{f"rules/{rule.info.id}.md": GENERATED + rule_page(rule.info) for rule in RULES},
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
    context = typer.Context(command, info_name=command.name)
    usage = " ".join(["compliance", command.name, *command.collect_usage_pieces(context)])
    records = [param.get_help_record(context) for param in command.params]
    rows = "".join(f"| `{_cell(name)}` | {_cell(text)} |\n" for name, text in filter(None, records))
    table = f"| option | meaning |\n| --- | --- |\n{rows}\n" if rows else ""
    usage, examples = (f"```console\n{lines}\n```\n\n" for lines in (usage, "\n".join(EXAMPLES[command.name])))
    return f"## compliance {command.name}\n\n{command.help}\n\n{usage}{table}{examples}"


def _schema(name: str) -> str:
    """Set out one schema: its properties, and those of everything it is made of."""
    schema = json.loads(resources.schema(name).read_text(encoding="utf-8"))
    parts = {part: definition for part, definition in schema.get("$defs", {}).items() if "properties" in definition}
    return "\n".join(
        (
            f"## {name}\n\n{schema['description']}\n\n{_properties(name, schema, schema)}",
            *(
                f"### {name}: {part}\n\n{definition['description']}\n\n{_properties(name, definition, schema)}"
                for part, definition in parts.items()
            ),
        )
    )


def _properties(name: str, owner: Json, schema: Json) -> str:
    needed = owner.get("required", ())
    rows = "".join(
        f"| `{key}`{' (required)' if key in needed else ''} | {_kind(value, name, schema)} "
        f"| {_cell(value.get('description', ''))} | {_example(value)} |\n"
        for key, value in owner["properties"].items()
    )
    return f"| property | holds | meaning | example |\n| --- | --- | --- | --- |\n{rows}"


def _kind(value: Json, name: str, schema: Json) -> str:
    """Say what a property holds, with a link to the part of the schema that describes it."""
    items = f" of {_kind(value['items'], name, schema)}" if isinstance(value.get("items"), dict) else ""
    choices = value.get("anyOf") or value.get("oneOf")
    if "$ref" in value:
        part = value["$ref"].rsplit("/", 1)[-1]
        definition = schema["$defs"][part]
        return (
            f"[{part}](#{name}-{part}){items}"
            if "properties" in definition
            else _kind(definition, name, schema) + items
        )
    if choices:
        return " or ".join(_kind(choice, name, schema) for choice in choices)
    if "enum" in value:
        return " or ".join(f"`{json.dumps(choice)}`" for choice in value["enum"])
    if "const" in value:
        return f"`{json.dumps(value['const'])}`"
    kind = value.get("type", "any value")
    return f"{' or '.join(kind) if isinstance(kind, list) else kind}{items}"


def _example(value: Json) -> str:
    shown = json.dumps(value["examples"][0], ensure_ascii=False) if value.get("examples") else ""
    return f"`{_cell(shown)}`" if 0 < len(shown) <= 80 else ""  # noqa: PLR2004 - a longer one breaks the table


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
