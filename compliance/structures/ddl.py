"""SQL files: what tables are there once their statements have run, in the order of their names.

``CREATE``, ``ALTER``, ``RENAME`` and ``DROP`` of tables are followed; whatever else a migration does is passed over.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from compliance.errors import Place, SourceError
from compliance.model.inventory import Notice
from compliance.model.paths import FieldPath
from compliance.structures.base import Column, Structure
from compliance.structures.files import nothing_in, text_at

DIALECTS = ("postgres", "mysql", "sqlite", "tsql", "oracle")
"""A file is read in the first of these that understands all of it."""
HOME = frozenset({"", "public", "dbo", "main"})
"""Schemas that a table's name goes without, as in the databases themselves."""
_DOWN = re.compile(
    r"^--\s*(?:\+goose\s+Down|migrate:down|\+migrate\s+Down|rollback\b|@UNDO).*\Z",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
"""The part of a migration that takes it back: goose, dbmate, sql-migrate, liquibase, flyway."""
_ROWS = re.compile(r"^COPY\s[^;]*\sFROM\s+stdin;.*?^\\\.$", re.MULTILINE | re.DOTALL | re.IGNORECASE)
"""Rows in a dump of PostgreSQL: they are never parsed, because an error could quote them."""
_META = re.compile(r"^\\.*$", re.MULTILINE)
"""Commands to psql."""
_OF_COLUMNS = re.compile(
    r"CREATE\s+(?:\w+\s+){0,3}TABLE\b|ALTER\s+TABLE\b.*?\b(?:ADD|DROP|RENAME)\b(?!\s+(?:CONSTRAINT|INDEX|KEY)\b)",
    re.DOTALL | re.IGNORECASE,
)
"""Statements that must not be passed over."""
_BACK = re.compile(r"\.(?:down|undo|rollback)\.sql\Z|\Adown\.sql\Z", re.IGNORECASE)

logging.getLogger("sqlglot").setLevel(logging.CRITICAL)  # its warnings quote statements, and those may hold values


def read_ddl(address: str) -> Structure:
    """Read SQL files. Raises ``SourceError``."""
    path = Path(address)
    files = [path] if not path.is_dir() else sorted(path.glob("**/*.sql"), key=_order)
    tables = _Tables()
    for file in files:
        if not _BACK.search(file.name):
            tables.run(file)
    if not tables.columns:
        raise nothing_in(address, "table")
    return Structure(
        sources=tuple(file.as_posix() for file in files),
        datasets=tuple(tables.columns),
        columns=tuple(
            Column(FieldPath.of(table, column), place)
            for table, columns in tables.columns.items()
            for column, place in columns.items()
        ),
        notices=tuple(tables.notices),
    )


def _order(path: Path) -> tuple[tuple[int, int | str], ...]:
    """Sort ``V2__b.sql`` before ``V10__a.sql``, as those who number their migrations mean it."""
    parts = re.split(r"(\d+)", path.as_posix().casefold())
    return tuple((1, part) if not part.isdigit() else (0, int(part)) for part in parts)


class _Tables:
    """The tables that the statements so far have made."""

    def __init__(self) -> None:
        self.columns: dict[str, dict[str, Place]] = {}
        self.notices: list[Notice] = []

    def run(self, file: Path) -> None:
        """Follow the statements of one file. Raises ``SourceError``."""
        name = file.as_posix()
        for statement in _statements(text_at(file), name):
            match statement:
                case exp.Create(kind="TABLE"):
                    self._create(statement, name)
                case exp.Alter(kind="TABLE"):
                    for action in statement.args.get("actions") or ():
                        self._alter(self._key(statement.this), action, name)
                case exp.Drop(kind="TABLE"):
                    for table in statement.args.get("tables") or ():
                        self.columns.pop(self._key(table), None)

    def _create(self, statement: exp.Create, file: str) -> None:
        table = self._key(statement.find(exp.Table))
        if statement.args.get("exists") and table in self.columns:
            return
        if statement.find(exp.PartitionedOfProperty):
            return  # its rows are those of the table of which it is a part
        described = statement.this.expressions if isinstance(statement.this, exp.Schema) else []
        columns = [each for each in described if isinstance(each, exp.ColumnDef)]
        self.columns[table] = {column.name: _place(column, file) for column in columns}
        if not columns or statement.expression or statement.find(exp.LikeProperty, exp.InheritsProperty):
            what = f"creates {table!r} from something else, whose columns were not seen"
            self.notices.append(Notice(file, what, table))

    def _alter(self, table: str, action: exp.Expression, file: str) -> None:
        columns = self.columns.setdefault(table, {})
        match action:
            case exp.ColumnDef():
                columns[action.name] = _place(action, file)
            case exp.Drop(kind="COLUMN"):
                for dropped in action.args.get("tables") or ():
                    columns.pop(_known(columns, dropped.name), None)
            case exp.RenameColumn():
                columns.pop(_known(columns, action.this.name), None)
                columns[action.args["to"].name] = _place(action.args["to"], file)
            case exp.AlterRename():
                self.columns[_dataset(action.this)] = self.columns.pop(table)
            case exp.Schema():
                for added in action.expressions:
                    self._alter(table, added, file)

    def _key(self, table: exp.Expression | None) -> str:
        return _known(self.columns, _dataset(table))


def _statements(text: str, file: str) -> Iterator[exp.Expr]:
    for pattern in (_DOWN, _ROWS, _META):
        text = pattern.sub(lambda found: "\n" * found[0].count("\n"), text)
    flaw: tuple[int, int] = (0, 0)
    for dialect in DIALECTS:
        try:
            parsed = sqlglot.parse(text, dialect=dialect)
        except SqlglotError as error:
            first = (getattr(error, "errors", None) or [{}])[0]
            flaw = flaw if any(flaw) else (int(first.get("line") or 0), int(first.get("col") or 0))
        else:
            if not any(map(_is_missed, parsed)):
                return (statement for statement in parsed if statement)
    raise SourceError(
        "Its SQL cannot be read.",
        hint="Give the statements that create the tables, such as an export of the schema alone.",
        place=Place(file, *flaw),
    )


def _is_missed(statement: exp.Expr | None) -> bool:
    """Whether a statement about columns was taken for a command that nobody understands."""
    return isinstance(statement, exp.Command) and bool(
        _OF_COLUMNS.match(f"{statement.name} {statement.expression or ''}")
    )


def _dataset(table: exp.Expression | None) -> str:
    if table is None:
        return ""
    home = table.text("db")
    return table.name if home.casefold() in HOME else f"{home}.{table.name}"


def _known(names: Iterable[str], name: str) -> str:
    """Return a name as it was created: databases do not tell unquoted names apart by case."""
    return next((each for each in names if each.casefold() == name.casefold()), name)


def _place(described: exp.Expression, file: str) -> Place:
    identifier = described.find(exp.Identifier)
    meta = identifier.meta if identifier else {}
    width = len(identifier.name) if identifier else 0
    return Place(file, int(meta.get("line") or 0), max(int(meta.get("col") or 0) - width + 1, 1) if meta else 0)
