"""How invented pupils are written, and what is planted in them that nobody declared."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from benchmarks.cells import Cells, Declared

Tree = Mapping[str, "Tree | list[Tree] | Cells"]
"""The columns of a shape, where they stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A field of special-category data that no declaration knows."""

    path: str
    """The field path that must be found."""
    value: object
    inside: bytes = b"{"
    """What it is written behind, in the pupil's line."""
    one_in: int = 0
    """How many pupils there are to each that has it; 0 when one pupil alone has it."""

    @property
    def name(self) -> str:
        """The last step of the path: what a report of it must say at the least."""
        return self.path.rpartition(".")[2]

    def rows(self, records: int) -> range:
        """Return the pupils that have it, from 0; the one that alone has it stands late, where no sample reaches."""
        alone = records * 77 // 100
        return range(self.one_in // 2, records, self.one_in) if self.one_in else range(alone, alone + 1)

    def put(self, line: bytes) -> bytes:
        """Plant it in one pupil's line."""
        return line.replace(self.inside, self.inside + f"{json.dumps(self.name)}:{json.dumps(self.value)},".encode(), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a pupil looks like."""

    name: str
    tree: Callable[[], tuple[Tree, Cells | None]]
    """Makes the columns anew, and one more whose cells are members of the record by themselves."""
    planted: tuple[Planted, ...]

    @property
    def declared(self) -> dict[str, Declared]:
        """The fields that are declared: all but the planted ones."""
        tree, members = self.tree()
        return {**_declared(tree), **(members.declared if members and isinstance(members.declared, dict) else {})}

    def lines(self, records: int) -> Iterator[bytes]:
        """Write ``records`` pupils, one a line."""
        tree, members = self.tree()
        columns: list[Cells] = []
        template = _template(tree, columns)
        if members:
            template = template[:-1] + b",%b}"
            columns.append(members)
        rows = {row: plant for plant in self.planted if not plant.one_in for row in plant.rows(records)}
        often = [(plant.rows(records), plant) for plant in self.planted if plant.one_in]
        cells = zip(*(column.made for column in columns), strict=False)
        for number, row in enumerate(islice(cells, records)):
            line = template % row
            for where, plant in often:
                if number in where:
                    line = plant.put(line)
            if number in rows:
                line = rows[number].put(line)
            yield line + b"\n"


def paths(declared: Declared, above: str = "") -> Iterator[str]:
    """Yield the path of every declared field, objects and arrays among them."""
    if isinstance(declared, list):
        yield f"{above}[]"
        yield from paths(declared[0], f"{above}[]")
    elif isinstance(declared, dict):
        for name, below in declared.items():
            path = f"{above}.{name}" if above else name
            yield path
            yield from paths(below, path)


def _declared(tree: object) -> dict[str, Declared]:
    return {name: _declared_one(below) for name, below in tree.items()} if isinstance(tree, Mapping) else {}


def _declared_one(below: object) -> Declared:
    match below:
        case Cells():
            return below.declared
        case list():
            return [_declared_one(below[0])]
        case _:
            return _declared(below)


def _template(tree: object, columns: list[Cells]) -> bytes:
    """Return the JSON of ``tree`` with a place for each of its columns, which are added to ``columns`` in order."""
    match tree:
        case Cells():
            columns.append(tree)
            return b"%b"
        case list():
            return b"[" + b",".join(_template(below, columns) for below in tree) + b"]"
        case Mapping():
            members = (f'"{name}":'.encode() + _template(below, columns) for name, below in tree.items())
            return b"{" + b",".join(members) + b"}"
        case _:
            raise TypeError(type(tree))
