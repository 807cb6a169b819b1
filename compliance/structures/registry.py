"""Every kind of description. A new one is a module with these two functions and an entry here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from compliance.structures.base import Structure, StructureKind

ENDINGS = (".sql", ".json", ".yaml", ".yml")


def _is_ddl(address: str) -> bool:
    """Whether an SQL file stands at an address, or a folder with some and without data: data is never passed over.

    SQL is told by its ending alone, so that nothing of SQL is imported for what is none.
    """
    path = Path(address)
    if not path.is_dir():
        return path.suffix.casefold() == ".sql"
    if next(path.glob("**/*.sql"), None) is None:
        return False
    from compliance.sources.registry import is_data_name  # noqa: PLC0415 - few folders hold SQL

    return not any(is_data_name(each.name) for each in path.glob("**/*") if each.is_file())


def _read_ddl(address: str) -> Structure:
    from compliance.structures.ddl import read_ddl  # noqa: PLC0415 - sqlglot takes its time to import

    return read_ddl(address)


def _is_document(address: str) -> bool:
    from compliance.structures.documents import is_document  # noqa: PLC0415 - few stores are documents

    return address.casefold().endswith(ENDINGS) and is_document(address)


def _read_document(address: str) -> Structure:
    from compliance.structures.documents import read_document  # noqa: PLC0415 - likewise

    return read_document(address)


def _is_manifest(address: str) -> bool:
    from compliance.structures.dbt import is_manifest  # noqa: PLC0415 - likewise

    return address.casefold().endswith(ENDINGS) and is_manifest(address)


def _read_manifest(address: str) -> Structure:
    from compliance.structures.dbt import read_manifest  # noqa: PLC0415 - likewise

    return read_manifest(address)


def _names(prefix: str) -> Callable[[str], bool]:
    """Return whether an address begins so: code of the app is imported only when somebody names it."""
    return lambda address: address.startswith(prefix)


def _read_sqlalchemy(address: str) -> Structure:
    from compliance.structures.sqlalchemy_models import read_models  # noqa: PLC0415 - likewise

    return read_models(address)


def _read_django(address: str) -> Structure:
    from compliance.structures.django_models import read_models  # noqa: PLC0415 - likewise

    return read_models(address)


STRUCTURES: tuple[StructureKind, ...] = (
    StructureKind(name="SQL files", is_at=_is_ddl, read=_read_ddl),
    StructureKind(name="dbt manifest", is_at=_is_manifest, read=_read_manifest),
    StructureKind(name="SQLAlchemy models", is_at=_names("sqlalchemy:"), read=_read_sqlalchemy),
    StructureKind(name="Django models", is_at=_names("django:"), read=_read_django),
    StructureKind(name="JSON Schema or OpenAPI", is_at=_is_document, read=_read_document),
)


def is_structure(address: str) -> bool:
    """Whether an address describes tables and holds no row of them."""
    return any(kind.is_at(address) for kind in STRUCTURES)


def read_structure(address: str) -> Structure:
    """Read a description. Raises ``SourceError``, and ``LookupError`` for an address that is none."""
    kind = next((kind for kind in STRUCTURES if kind.is_at(address)), None)
    if kind is None:
        message = "the address describes nothing"
        raise LookupError(message)
    return kind.read(address)
