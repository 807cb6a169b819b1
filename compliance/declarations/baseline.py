"""Reads a baseline."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from compliance.declarations.conforms import conforms
from compliance.declarations.validate import load_schema
from compliance.errors import DeclarationError, Place, Problem
from compliance.model.baseline import Baseline, KnownFinding
from compliance.model.findings import Severity


def read_baseline(path: Path) -> Baseline:
    """Read the baseline in a file. Raises ``DeclarationError`` when it cannot be read, or is none."""
    file = path.as_posix()
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _wrong(file, f"it cannot be read: {error.strerror or 'the system refused'}.") from None
    except (ValueError, RecursionError):
        raise _wrong(file, "it is no JSON.") from None
    schema = load_schema("baseline")
    if not conforms(written, schema, schema):
        raise _wrong(file, "it is no baseline.")
    return Baseline(
        file=file,
        written_on=dt.date.fromisoformat(written["written_on"]),
        findings={
            each["fingerprint"]: KnownFinding(
                rule=each["rule"], severity=Severity(each["severity"]), count=int(each["count"]), about=each["about"]
            )
            for each in written["findings"]
        },
    )


def _wrong(file: str, message: str) -> DeclarationError:
    hint = "--write-baseline FILE writes one."
    return DeclarationError((Problem(place=Place(file), where="", message=message, hint=hint),))
