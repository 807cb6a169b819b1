"""An inventory on its own, as text and as JSON: what is really there, before anybody declares anything."""

from __future__ import annotations

import json
from collections.abc import Iterator

from compliance.formats.json import inventory as as_json
from compliance.formats.text import Line
from compliance.formats.words import counted, listed, looked_at, visible
from compliance.model.inventory import DatasetProfile, FieldProfile, Inventory
from compliance.model.maps import KEYED
from compliance.model.paths import FieldPath
from compliance.sources.recognition import Recognition

HEAD = ("field", "filled", "null", "empty", "types", "different", "from-to", "looks like")
SPANS = HEAD.index("from-to")
"""The column that is there only where a field has a span."""


def render_json(taken: Inventory, recognition: Recognition | None = None) -> str:
    """Write an inventory as one JSON object, as it stands inside an audit, and whose the files looked to be."""
    said = {"integrator": recognition.integrator, "why": recognition.why} if recognition else None
    written = {**as_json(taken), **({"recognised": said} if said else {})}
    return json.dumps(written, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode() + "\n"


def lines(taken: Inventory) -> Iterator[Line]:
    """Yield a table for each dataset, and what was not counted as data."""
    yield Line(looked_at(taken), "title")
    for name, dataset in sorted(taken.datasets.items()):
        yield Line("")
        yield Line(f"{visible(name)}  {_size(dataset)}", "title")
        if dataset.fields:
            rows = [_row(path, profile) for path, profile in sorted(dataset.fields.items())]
            yield from _table(_without_empty_spans([HEAD, *rows]))
            if any(KEYED in path.names for path in dataset.fields):
                yield Line(f"  {KEYED} stands for every key of an object that is a map: keys may be people", "quiet")
    if taken.notices:
        yield Line("")
        yield Line("Not counted as data", "title")
        yield from (Line(f"  {visible(f'{notice.source}: {notice.what}')}") for notice in taken.notices)
    if taken.incomplete:
        yield Line("")
        names = listed(map(visible, sorted(taken.incomplete)))
        yield Line(f"Incomplete: rows of {names} are known to be missing.", "warning")


def _size(dataset: DatasetProfile) -> str:
    more = ((dataset.deleted, "deleted"), (dataset.bare, "unchanged"))
    return ", ".join([counted(dataset.rows, "row"), *(f"{count:,} {what}" for count, what in more if count)])


def _row(path: FieldPath, profile: FieldProfile) -> tuple[str, ...]:
    about = "" if profile.distinct.is_exact else "about "
    met = [f"{name} {hits.matches:,}" for name, hits in sorted(profile.detections.items()) if hits.matches]
    fits = [name for name, hits in sorted(profile.code_sets.items()) if hits.rows == profile.filled]
    return (
        visible(path.field),
        f"{profile.filled:,}",
        f"{profile.null:,}",
        f"{profile.empty:,}",
        ", ".join(sorted(profile.types)),
        f"{about}{profile.distinct.count:,}",
        ", ".join(f"{span.low:.10g} to {span.high:.10g}" for _, span in sorted(profile.spans.items())),
        ", ".join(met + fits),
    )


def _without_empty_spans(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    if any(row[SPANS] for row in rows[1:]):
        return rows
    return [(*row[:SPANS], *row[SPANS + 1 :]) for row in rows]


def _table(rows: list[tuple[str, ...]]) -> Iterator[Line]:
    """Set rows in columns as wide as their widest cell; the first row is the head."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        cells = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        yield Line(f"  {'  '.join(cells)}".rstrip(), "" if number else "quiet")
