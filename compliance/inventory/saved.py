"""Inventories as files that add up: many schools, many nights and many machines, and their data never meet.

A saved inventory holds what an ``Inventory`` holds: counts, and digests where values or people were. The same
inventory makes the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from struct import pack, unpack

import msgspec

from compliance.errors import Place, SourceError
from compliance.inventory.digest import HEX_DIGITS
from compliance.inventory.key_mark import Saved
from compliance.inventory.saved_form import (
    KIND,
    SCHEMA,
    VERSION,
    SavedForm,
    SavedGrant,
    SavedNotice,
    SketchedCodes,
    SketchedDataset,
    SketchedDetection,
    SketchedField,
    SketchedMeasure,
)
from compliance.model.inventory import (
    CodeSetHits,
    DatasetProfile,
    Detection,
    FieldProfile,
    Grant,
    Inventory,
    Measure,
    MeasureKey,
    Notice,
)
from compliance.model.paths import FieldPath
from compliance.model.sketch import Digest, Distinct, Span

_AGAIN = "Take the inventory and save it again."


def dump(saved: Saved) -> str:
    """Write a saved inventory, in ASCII."""
    taken = saved.inventory
    form = SavedForm(
        kind="saved-inventory",
        version=1,
        schema=SCHEMA,
        mark=saved.mark,
        taken_at=taken.taken_at.astimezone(dt.UTC) if taken.taken_at else None,
        sources=[*taken.sources],
        datasets={name: _dataset(dataset) for name, dataset in sorted(taken.datasets.items())},
        measures=[_measure(key, measure) for key, measure in sorted(taken.measures.items())],
        grants=[
            SavedGrant(
                source=grant.source,
                estab=grant.estab,
                relying_party=grant.relying_party,
                scopes=[*grant.scopes],
                paused=grant.paused,
                expires=grant.expires,
            )
            for grant in taken.grants
        ],
        notices=[SavedNotice(source=each.source, what=each.what, dataset=each.dataset) for each in taken.notices],
    )
    return json.dumps(msgspec.to_builtins(form), indent=1, allow_nan=False) + "\n"


def load(text: str, name: str) -> Saved:
    """Read a saved inventory; ``name`` is what its file is called in errors.

    Raises ``SourceError`` when it is damaged, something else, or of a later version of the program.
    """
    try:
        form = msgspec.convert(_checked_head(text, name), SavedForm)
        return Saved(
            Inventory(
                sources=tuple(form.sources),
                datasets={key: _dataset_of(key, dataset) for key, dataset in form.datasets.items()},
                measures=dict(map(_measure_of, form.measures)),
                grants=tuple(
                    Grant(
                        source=grant.source,
                        estab=grant.estab,
                        relying_party=grant.relying_party,
                        scopes=tuple(grant.scopes),
                        paused=grant.paused,
                        expires=grant.expires,
                    )
                    for grant in form.grants
                ),
                notices=tuple(Notice(each.source, each.what, each.dataset) for each in form.notices),
                taken_at=form.taken_at,
            ),
            form.mark,
        )
    except msgspec.ValidationError as error:
        # Its words may quote the file, and a file that is something else may hold anything: only the way is told.
        way = str(error).rpartition(" - at `")[2].rstrip("`")
        where = f" at {way}" if way.startswith("$") else ""
        raise _damaged(f"is not as version {VERSION} writes it{where}", Place(name)) from None
    except _WrongTextError as error:
        raise _damaged(error.what, Place(name)) from None


def _checked_head(text: str, name: str) -> object:
    """Return the JSON value of a file that says that it is what this version reads."""
    try:
        document = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise _damaged("breaks off or is no JSON here", Place(name, error.lineno, error.colno)) from None
    except (ValueError, RecursionError):
        raise _damaged("is no JSON that can be read", Place(name)) from None
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise SourceError(
            "It is no saved inventory.", hint="`compliance inventory ADDRESS --save FILE` makes one.", place=Place(name)
        )
    version = document.get("version")
    if isinstance(version, int) and version > VERSION:
        raise SourceError(
            f"It is a saved inventory of version {version}; this program reads version {VERSION}.",
            hint="Update the program, or save it again with this one.",
            place=Place(name),
        )
    return document


def _no_number(name: str) -> float:
    raise ValueError(name)


def _damaged(what: str, place: Place) -> SourceError:
    return SourceError(f"The saved inventory {what}.", hint=_AGAIN, place=place)


class _WrongTextError(Exception):
    """A text has the form of version 1, and still means nothing; ``what`` says why, without it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def _written(digests: Iterable[Digest]) -> str:
    """Return digests in hexadecimal, sorted, one after the other."""
    in_order = sorted(digests)
    return pack(f">{len(in_order)}Q", *in_order).hex()


def _digests(text: str) -> tuple[Digest, ...]:
    digests: tuple[Digest, ...] = unpack(f">{len(text) // HEX_DIGITS}Q", bytes.fromhex(text))
    if any(one >= other for one, other in pairwise(digests)):
        raise _WrongTextError("holds digests that are out of order")
    return digests


def _sketch(text: str) -> Distinct:
    digests = _digests(text)
    if len(digests) > Distinct.LIMIT:
        raise _WrongTextError("holds more digests than a sketch does")
    return Distinct(digests)


def _dataset(dataset: DatasetProfile) -> SketchedDataset:
    return SketchedDataset(
        rows=dataset.rows,
        deleted=dataset.deleted,
        bare=dataset.bare,
        fields={path.field: _field(profile) for path, profile in sorted(dataset.fields.items())},
    )


def _dataset_of(name: str, form: SketchedDataset) -> DatasetProfile:
    return DatasetProfile(
        rows=form.rows,
        deleted=form.deleted,
        bare=form.bare,
        fields={_path(name, field): _field_of(profile) for field, profile in form.fields.items()},
    )


def _path(dataset: str, field: str) -> FieldPath:
    path = FieldPath(dataset, field)
    try:
        is_field = bool(path.names)
    except ValueError:
        is_field = False
    if not is_field:
        raise _WrongTextError("holds a field path that is none")
    return path


def _field(profile: FieldProfile) -> SketchedField:
    return SketchedField(
        present=profile.present,
        null=profile.null,
        empty=profile.empty,
        types=dict(sorted(profile.types.items())),
        shortest=profile.shortest,
        longest=profile.longest,
        distinct=_written(profile.distinct.smallest),
        detections={name: _detection(met) for name, met in sorted(profile.detections.items())},
        code_sets={
            name: SketchedCodes(rows=hits.rows, codes=_written(hits.codes))
            for name, hits in sorted(profile.code_sets.items())
        },
        # Adding zero makes one spelling of two: -0.0 is 0.0, and 2026 is 2026.0.
        spans={name: (span.low + 0.0, span.high + 0.0) for name, span in sorted(profile.spans.items())},
        first_row=profile.first_row,
    )


def _field_of(form: SketchedField) -> FieldProfile:
    return FieldProfile(
        present=form.present,
        null=form.null,
        empty=form.empty,
        types=form.types,
        shortest=form.shortest,
        longest=form.longest,
        distinct=_sketch(form.distinct),
        detections={name: _detection_of(met) for name, met in form.detections.items()},
        code_sets={
            name: CodeSetHits(rows=hits.rows, codes=frozenset(_digests(hits.codes)))
            for name, hits in form.code_sets.items()
        },
        spans={name: Span(low, high) for name, (low, high) in form.spans.items()},
        first_row=form.first_row,
    )


def _detection(met: Detection) -> SketchedDetection:
    return SketchedDetection(
        matches=met.matches,
        near=met.near,
        in_context=met.in_context,
        reserved=met.reserved,
        matching=_written(met.matching.smallest),
        shaped=_written(met.shaped.smallest),
        first_row=met.first_row,
    )


def _detection_of(form: SketchedDetection) -> Detection:
    return Detection(
        matches=form.matches,
        near=form.near,
        in_context=form.in_context,
        reserved=form.reserved,
        matching=_sketch(form.matching),
        shaped=_sketch(form.shaped),
        first_row=form.first_row,
    )


def _measure(key: MeasureKey, measure: Measure) -> SketchedMeasure:
    met: defaultdict[int, list[Digest]] = defaultdict(list)
    for digest, count in measure.keys.items():
        met[count].append(digest)
    return SketchedMeasure(
        kind=key.kind,
        dataset=key.dataset,
        basis=key.basis,
        looked_at=measure.looked_at,
        keys={str(count): _written(digests) for count, digests in sorted(met.items())},
        first_row=measure.first_row,
    )


def _measure_of(form: SketchedMeasure) -> tuple[MeasureKey, Measure]:
    return MeasureKey(form.kind, form.dataset, form.basis), Measure(
        looked_at=form.looked_at, keys=_counts(form.keys), first_row=form.first_row
    )


def _counts(keys: Mapping[str, str]) -> Mapping[Digest, int]:
    if not all(count.isascii() and count.isdecimal() for count in keys):
        raise _WrongTextError("holds a count that is none")
    return {digest: int(count) for count, digests in keys.items() for digest in _digests(digests)}
