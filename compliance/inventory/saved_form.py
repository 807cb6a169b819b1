"""The form of a saved inventory, version 1, as ``schemas/saved-inventory.schema.json`` describes it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

KIND = "saved-inventory"
VERSION = 1
SCHEMA = f"https://compliance.example/schemas/v{VERSION}/saved-inventory.schema.json"

Count: TypeAlias = Annotated[int, Meta(ge=0)]
Row: TypeAlias = Annotated[int, Meta(ge=1)]
Digests: TypeAlias = Annotated[str, Meta(pattern="^([0-9a-f]{16})*$")]
"""Digests of 16 hexadecimal digits each, in ascending order, one after the other."""
Mark: TypeAlias = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
Moment: TypeAlias = Annotated[dt.datetime, Meta(tz=True)]


class Form(Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A part of the file. What is left out is nothing: 0, null, or an empty list or object."""


class SketchedDetection(Form):
    """A ``Detection``."""

    matches: Count = 0
    near: Count = 0
    in_context: Count = 0
    reserved: Count = 0
    matching: Digests = ""
    shaped: Digests = ""
    first_row: Row | None = None


class SketchedCodes(Form):
    """A ``CodeSetHits``."""

    rows: Count = 0
    codes: Digests = ""


class SketchedField(Form):
    """A ``FieldProfile``."""

    present: Count = 0
    null: Count = 0
    empty: Count = 0
    types: dict[str, Count] = {}
    shortest: Count | None = None
    longest: Count | None = None
    distinct: Digests = ""
    detections: dict[str, SketchedDetection] = {}
    code_sets: dict[str, SketchedCodes] = {}
    spans: dict[str, tuple[float, float]] = {}
    first_row: Row | None = None


class SketchedDataset(Form):
    """A ``DatasetProfile``; its fields stand below it by the text of their steps."""

    rows: Count = 0
    deleted: Count = 0
    bare: Count = 0
    fields: dict[str, SketchedField] = {}


class SketchedMeasure(Form):
    """A ``Measure`` with its key; ``keys`` maps how often digests were met to these digests."""

    kind: str
    dataset: str
    basis: str = ""
    looked_at: Count = 0
    keys: dict[str, Digests] = {}
    first_row: Row | None = None


class SavedGrant(Form):
    """A ``Grant``."""

    source: str
    estab: str
    relying_party: str
    scopes: list[str] = []
    paused: bool = False
    expires: str = ""


class SavedNotice(Form):
    """A ``Notice``."""

    source: str
    what: str
    dataset: str = ""


class SavedForm(Form):
    """The whole file."""

    kind: Literal["saved-inventory"]
    version: Literal[1]
    schema: str
    mark: Mark
    taken_at: Moment | None = None
    sources: list[str] = []
    datasets: dict[str, SketchedDataset] = {}
    measures: list[SketchedMeasure] = []
    grants: list[SavedGrant] = []
    notices: list[SavedNotice] = []
