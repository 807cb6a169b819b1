"""One stored table to its inventory: the same, field by field, that the records kernel would give of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from compliance.errors import SourceError
from compliance.inventory.batch import Rows
from compliance.inventory.digest import HEX_DIGITS, prefix_of
from compliance.inventory.keys import step_of
from compliance.inventory.measures import InventoryPlan, MeasurePlan
from compliance.inventory.reading import Reader
from compliance.inventory.tables.piece import SAMPLE, Kind, StoredColumn, StoredTable
from compliance.inventory.tables.signs import plain_codes, suspicious
from compliance.inventory.tables.weigh import Counted, profile_counted, profile_streamed
from compliance.model.inventory import DatasetProfile, FieldProfile, Inventory, Notice
from compliance.model.paths import FieldPath
from compliance.model.sketch import Distinct

if TYPE_CHECKING:
    from compliance.inventory.tables.expressions import Questions

FEW = 20_000
"""Different values up to which all of them, with their counts, are cheaper to fetch than to ask more about."""
MANY = 200_000
"""Different values up to which the database may be asked to hold them all at once."""
REPEATED = 2
"""How often a suspect must be met, on average, for its count to be cheaper than the suspect itself."""
WIDE = 100
"""Columns that one question is about: for most engines, each question is a pass over all of them."""
NARROW = 10
"""The same where a column is read by itself, and all that one question is about stand in our memory at once."""
MARGIN = 1.3
"""How many times more digests are asked for than are kept, so that a bad estimate seldom needs a second question."""
ALL = 16**HEX_DIGITS
"""A bound that every digest is below."""

_TYPE_OF = {Kind.TEXT: "string", Kind.INTEGER: "integer", Kind.FLOAT: "number"}


class _Seen(NamedTuple):
    """What the first look at a column tells."""

    column: StoredColumn
    filled: int
    differ: int


def profile_table(
    table: StoredTable, reader: Reader, plan: InventoryPlan, *, codes: Iterable[str], tell: Callable[[Rows], None]
) -> Inventory:
    """Return the inventory of one table, without measures; ``codes`` are all codes of the run's code sets.

    ``tell`` hears of every row, cut down to the columns that the plan's measures name. Whatever stops it becomes a
    notice that the dataset is incomplete: what was profiled until then is kept.
    """
    from compliance.inventory.tables.expressions import Questions  # noqa: PLC0415 - Ibis costs half a second

    questions = Questions(
        table=table, prefix=prefix_of(plan.key), pattern=suspicious(reader.signs), codes=plain_codes(codes)
    )
    inventory = _known(table)
    try:
        rows, seen = _overview(questions)
        inventory += _of_dataset(table, DatasetProfile(rows=rows))
        for part in _parts(questions, seen, rows, reader):
            inventory += part
        for asked in _asked(questions, plan.measures):
            tell(asked)
    except SourceError as error:
        return inventory + _incomplete(table, f"was not read to its end: {error.reason}")
    return _checked(table, inventory, rows)


def _asked(questions: Questions, measures: Iterable[MeasurePlan]) -> Iterator[Rows]:
    """Yield the columns that questions about whole records name, and no others."""
    names = {
        FieldPath("", each).names[0].casefold()
        for plan in measures
        if plan.dataset.casefold() == questions.table.dataset.casefold()
        for each in (*plan.columns, plan.hold, plan.status)
        if each
    }
    columns = [column.name for column in questions.table.columns if column.name.casefold() in names]
    if columns:
        yield from _rows(questions, columns)


def _known(table: StoredTable) -> Inventory:
    """Return the columns alone: they stand there whatever can be read."""
    return _of_dataset(table, DatasetProfile(fields={_path(table, each): FieldProfile() for each in table.columns}))


def _of_dataset(table: StoredTable, profile: DatasetProfile) -> Inventory:
    return Inventory(sources=(table.source,), datasets={table.dataset: profile})


def _of_field(table: StoredTable, column: StoredColumn, profile: FieldProfile) -> Inventory:
    return _of_dataset(table, DatasetProfile(fields={_path(table, column): profile}))


def _path(table: StoredTable, column: StoredColumn) -> FieldPath:
    return FieldPath(table.dataset, step_of(column.name))


def _incomplete(table: StoredTable, what: str) -> Inventory:
    return Inventory(notices=(Notice(table.source, f"holds the table {table.dataset!r}, which {what}", table.dataset),))


def _checked(table: StoredTable, inventory: Inventory, rows: int) -> Inventory:
    """Say so where columns do not add up to the rows: somebody wrote to the table in the meantime."""
    fields = inventory.datasets[table.dataset].fields
    columns = [_path(table, column) for column in table.columns]
    if all(fields[path].present == rows * columns.count(path) for path in columns):
        return inventory
    return inventory + _incomplete(table, "changed while it was read: its counts may be off by the rows that changed")


def _overview(questions: Questions) -> tuple[int, list[_Seen]]:
    """Return how many rows there are, and what the first look tells of every column."""
    from compliance.inventory.tables.compiled import IN_THIS_PROCESS, SKETCHING  # noqa: PLC0415 - as above

    table, rows, seen = questions.table, 0, list[_Seen]()
    for some in _some(table.columns, NARROW if table.dialect in IN_THIS_PROCESS else WIDE):
        rows, *numbers = _one_row(table, questions.overview(some))
        answers = iter(numbers)
        counted = [column for column in some if column.kind is not Kind.OPAQUE]
        if table.dialect in SKETCHING:
            seen += [
                _Seen(column, next(answers), 0 if column.kind is Kind.OPAQUE else next(answers)) for column in some
            ]
        else:
            sampled = dict(zip(counted, _one_row(table, questions.sample(counted)), strict=True)) if counted else {}
            seen += [
                _Seen(column, filled, _guess(sampled.get(column, 0), filled))
                for column, filled in zip(some, answers, strict=True)
            ]
    return rows, seen


def _guess(differ_in_sample: int, filled: int) -> int:
    """Guess how many values differ from how many do in a sample: few stay few, most of a sample are as good as all."""
    return filled if differ_in_sample > SAMPLE // 2 else differ_in_sample


def _parts(questions: Questions, seen: Sequence[_Seen], rows: int, reader: Reader) -> Iterator[Inventory]:
    """Yield the inventories whose sum is that of all columns."""
    streamed: list[str] = []
    for column, filled, differ in seen:
        has_span = _path(questions.table, column) in reader.spans
        is_read_here = has_span or not questions.is_spelled_there(column)
        if column.kind is Kind.OPAQUE or (differ > FEW and is_read_here):
            streamed.append(column.name)
            continue
        nulls = rows - filled
        yield _of_field(questions.table, column, FieldProfile(present=nulls, null=nulls, first_row=1 if rows else None))
        if differ <= FEW:
            yield profile_counted(questions.table, column.name, _groups(questions, column), reader)
        else:
            yield from _plain_and_suspects(questions, column, filled, differ, reader)
    if streamed:
        yield profile_streamed(questions.table, _rows(questions, streamed), reader)
        for column in questions.table.columns:
            if rows and column.name in streamed:
                yield _of_field(questions.table, column, FieldProfile(first_row=1))


def _groups(questions: Questions, column: StoredColumn, *, only_suspects: bool = False) -> Iterator[Counted]:
    """Yield every different value of a column with its count."""
    table = questions.table
    for cells in table.ask(questions.groups(column, only_suspects=only_suspects)):
        for value, *numbers in cells:
            is_minus_zero = column.kind is Kind.FLOAT and bool(numbers.pop(0))
            count, row = _int(numbers[0]), _int(numbers[1]) + 1 if table.row else 0
            yield Counted(-0.0 if is_minus_zero else value, count, row)


def _plain_and_suspects(
    questions: Questions, column: StoredColumn, filled: int, differ: int, reader: Reader
) -> Iterator[Inventory]:
    """Yield what the database says of the plain values, then what the kernel says of the suspects."""
    table = questions.table
    plain, suspects = _plain(questions, column, differ)
    yield _of_field(table, column, plain)
    if suspects and filled >= REPEATED * differ and differ <= MANY:
        yield profile_counted(table, column.name, _groups(questions, column, only_suspects=True), reader)
    elif suspects:
        question = questions.suspects(column) if plain.present else questions.values(column)
        for cells in table.ask(question):
            met = (Counted(cell[0], 1, _int(cell[1]) + 1 if table.row else 0) for cell in cells)
            yield profile_counted(table, column.name, met, reader)


def _plain(questions: Questions, column: StoredColumn, differ: int) -> tuple[FieldProfile, int]:
    """Return the profile of a column's plain values, and how many suspects there are.

    Only digests below a bound come back, so that neither side holds more of them than it needs. Where they are too
    few, because values repeat, the bound is raised.
    """
    from compliance.inventory.tables.expressions import REST, SUSPECT  # noqa: PLC0415 - as above

    expected = max(differ, 1)
    while True:
        below = min(ALL, round(ALL * MARGIN * Distinct.LIMIT / expected))
        suspects, is_all, digests, counts, lengths = 0, True, list[int](), 0, list[int]()
        for cells in questions.table.ask(questions.plain(column, below)):
            for key, count, *ends in cells:
                if key == SUSPECT:
                    suspects = _int(count)
                    continue
                counts += _int(count)
                lengths += map(_int, ends)
                if key == REST:
                    is_all = False
                else:
                    digests.append(int(str(key), 16))
        if is_all or len(digests) >= Distinct.LIMIT:
            break
        found = max(len(digests), 1) * ALL // below  # about how many plain values differ
        expected = min(found, expected // 2) or 1
    profile = FieldProfile(
        present=counts,
        types={_TYPE_OF[column.kind]: counts} if counts else {},
        shortest=min(lengths, default=None),
        longest=max(lengths, default=None),
        distinct=Distinct.of(digests),
    )
    return profile, suspects


def _rows(questions: Questions, columns: Sequence[str]) -> Iterator[Rows]:
    """Yield these columns of all rows."""
    table, first_row = questions.table, 1
    if table.row and not table.in_order:
        yield from _numbered_rows(questions, columns)
        return
    for cells in table.ask(questions.cells(columns)):
        yield Rows(source=table.source, dataset=table.dataset, columns=tuple(columns), cells=cells, first_row=first_row)
        first_row += len(cells)


def _numbered_rows(questions: Questions, columns: Sequence[str]) -> Iterator[Rows]:
    """Yield these columns of all rows, cut wherever the next row is not the one that follows in the table."""
    table = questions.table
    for cells in table.ask(questions.cells([*columns, table.row])):
        for before, run in groupby(enumerate(cells), key=lambda numbered: _int(numbered[1][-1]) - numbered[0]):
            first, *others = run
            yield Rows(
                source=table.source,
                dataset=table.dataset,
                columns=tuple(columns),
                cells=[cell[:-1] for _, cell in (first, *others)],
                first_row=before + first[0] + 1,
            )


def _one_row(table: StoredTable, question: str) -> list[int]:
    (row,) = [row for cells in table.ask(question) for row in cells]
    return list(map(_int, row))


def _int(value: object) -> int:
    """Return a count; some engines count in decimals."""
    return int(value)  # type: ignore[call-overload, no-any-return]  # a count is a number of some kind


def _some(columns: Sequence[StoredColumn], size: int) -> Iterator[list[StoredColumn]]:
    iterator = iter(columns)
    while some := list(islice(iterator, size)):
        yield some
