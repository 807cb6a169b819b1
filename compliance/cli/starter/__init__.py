"""The declarations that a new project starts from, and the schemas that editors check them with."""

from __future__ import annotations

from importlib.resources import files

from compliance import resources

DECLARATIONS = ("permission-set", "stored-fields", "authorisation", "organisation", "waivers")


def starter() -> dict[str, str]:
    """Return the text of each file of a new project by its relative path."""
    here = files(__package__)
    declarations = {f"{name}.yaml": here.joinpath(f"{name}.yaml").read_text(encoding="utf-8") for name in DECLARATIONS}
    schemas = {f"schemas/{resources.schema(name).name}": resources.schema(name) for name in DECLARATIONS}
    return declarations | {path: schema.read_text(encoding="utf-8") for path, schema in schemas.items()}
