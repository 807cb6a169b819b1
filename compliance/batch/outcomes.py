"""What became of each school, and how a run that was stopped knows what it had finished.

While a batch runs, a line is added to a journal for each school, after its files stand in their places. A line that was
cut in the middle counts for nothing. When all are done the manifest is written and the journal goes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from compliance.batch.schools import sha256_of

JOURNAL, MANIFEST = ".batch.jsonl", "manifest.json"
KIND, VERSION = "batch-of-reports", 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one school."""

    school: str
    """Name of its folder."""
    asked: str
    """What its documents were made of, as a digest; empty when that cannot be told."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Path below the folder of documents to SHA-256."""
    failure: str = ""
    """Why there are no documents; empty when there are."""
    label: str = ""
    """The school's own name."""
    urn: str = ""
    laestab: str = ""
    findings: Mapping[str, int] = field(default_factory=dict)
    """Severity to how many findings are open."""


def is_finished(outcome: Outcome | None, asked: str, folder: Path) -> bool:
    """Whether a school needs nothing done: made of the same, and every file as it was written."""
    if outcome is None or outcome.failure or not asked or outcome.asked != asked:
        return False
    try:
        return all(sha256_of(folder / name) == digest for name, digest in outcome.files.items())
    except OSError:
        return False


def recorded(folder: Path) -> Mapping[str, Outcome]:
    """Return what earlier runs say that they finished, by school; what cannot be read says nothing."""
    known: dict[str, Outcome] = {}
    for text in (*_manifest(folder), *_journal(folder)):
        outcome = _outcome(text)
        if outcome:
            known[outcome.school] = outcome
    return known


def moment_of(folder: Path) -> str:
    """Return the moment of which the unfinished run in ``folder`` speaks; empty when none is unfinished."""
    lines = _lines(folder)
    head = _object(lines[0]) if lines else {}
    return str(head.get("at", "")) if head.get("kind") == KIND else ""


def journal_head(at: str) -> str:
    """Return the first line of a journal."""
    return json.dumps({"kind": KIND, "version": VERSION, "at": at}) + "\n"


def journal_line(outcome: Outcome) -> str:
    """Return a line of a journal."""
    return json.dumps(asdict(outcome), sort_keys=True) + "\n"


def manifest(outcomes: Iterable[Outcome], at: str) -> str:
    """Write what became of every school. The same outcomes make the same text."""
    schools = [asdict(each) for each in sorted(outcomes, key=lambda each: each.school)]
    return json.dumps({"kind": KIND, "version": VERSION, "at": at, "schools": schools}, indent=1, sort_keys=True) + "\n"


def _manifest(folder: Path) -> list[object]:
    try:
        written = _object((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return []
    schools = written.get("schools") if written.get("kind") == KIND else None
    return schools if isinstance(schools, list) else []


def _journal(folder: Path) -> list[object]:
    return [_object(line) for line in _lines(folder)[1:]]


def _lines(folder: Path) -> list[str]:
    """Return the whole lines of the journal."""
    try:
        return (folder / JOURNAL).read_text(encoding="utf-8", errors="replace").split("\n")[:-1]
    except OSError:
        return []


def _object(text: str) -> Mapping[str, object]:
    try:
        made = json.loads(text)
    except ValueError:
        return {}
    return made if isinstance(made, dict) else {}


def _outcome(made: object) -> Outcome | None:
    if not isinstance(made, dict):
        return None
    try:
        outcome = Outcome(**made)
    except TypeError:
        return None
    is_whole = isinstance(outcome.files, dict) and all(map(_is_below, outcome.files))
    return outcome if is_whole and isinstance(outcome.school, str) else None


def _is_below(name: str) -> bool:
    """Whether a path leads nowhere but down."""
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts
