"""Opens declaration files: each is read, its kind is told, and its schema is asked.

All is noted, and
nothing raised but for a revision that git does not know.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from compliance.declarations.names import meant_or_known
from compliance.declarations.nodes import Node
from compliance.declarations.revisions import RevisedFile, Revision, is_declaration
from compliance.declarations.validate import load_schema, schema_problems
from compliance.declarations.yaml_nodes import MAX_BYTES, parse_yaml
from compliance.errors import DeclarationError, Place, Problem

KINDS: tuple[str, ...] = (
    "permission_set",
    "stored_fields",
    "authorisation",
    "organisation",
    "waivers",
    "vocabulary",
    "integrator",
    "look",
)
"""Every kind of declaration; each has a schema of its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One declaration file, and what is wrong with it."""

    name: str
    """The path as it was given, with forward slashes."""
    digest: str = ""
    """SHA-256 of its bytes; empty when it could not be read."""
    kind: str | None = None
    """None when it could not be told."""
    root: Node | None = None
    """Its contents; None when they cannot be used."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Documents:
    """All files of a run."""

    files: tuple[Document, ...]

    @property
    def roots(self) -> Mapping[str, Node]:
        """The usable contents of the first file of each kind."""
        return {file.kind: file.root for file in reversed(self.files) if file.kind and file.root}

    @property
    def digests(self) -> Mapping[str, str]:
        """Display name to SHA-256."""
        return {file.name: file.digest for file in self.files}

    @property
    def problems(self) -> Iterator[Problem]:
        """Yield every problem: those of each file, then a second file of one kind."""
        first: dict[str, str] = {}
        for file in self.files:
            yield from file.problems
            if file.kind in first:
                hint = f"The first is {first[file.kind]}: give one of them."
                yield Problem(
                    place=Place(file.name), where="", message=f"a second file of the kind {file.kind}.", hint=hint
                )
            elif file.kind:
                first[file.kind] = file.name

    def may_hold(self, kind: str) -> bool:
        """Whether a file is of this kind, or nobody can tell that it is not."""
        return any(file.kind in {kind, None} for file in self.files)


def open_documents(paths: Iterable[Path | Revision]) -> Documents:
    """Open each file, and each YAML file in each folder, in the order of their names; each may be of a revision.

    Raises ``DeclarationError`` for a revision that git does not know.
    """
    files = dict.fromkeys(file for path in paths for file in _files(path))
    return Documents(tuple(_open(file) for file in files))


def _files(path: Path | Revision) -> tuple[Path | RevisedFile, ...]:
    """Return the YAML files of a folder; a path that is none, or in which none can be seen, stands for itself."""
    if isinstance(path, Revision):
        return path.files()
    try:
        found = sorted(path.iterdir()) if path.is_dir() else []
    except OSError:
        found = []
    return tuple(file for file in found if is_declaration(file)) or (path,)


def _open(file: Path | RevisedFile) -> Document:
    """Read one file, tell its kind and hold it against its schema."""
    name = file.as_posix()
    try:
        data = _bytes(file, name) if isinstance(file, Path) else file.read()
    except DeclarationError as error:
        return Document(name=name, problems=error.problems)
    return document_of(data, name)


@lru_cache(maxsize=32)
def document_of(data: bytes, name: str) -> Document:
    """Tell the kind of a declaration by its bytes and hold it against its schema.

    Bytes that many schools share are read once.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        root = Node.root(parse_yaml(data, name), name)
        kind = _kind(root)
    except DeclarationError as error:
        return Document(name=name, digest=digest, problems=error.problems)
    problems = schema_problems(root, load_schema(kind))
    return Document(name=name, digest=digest, kind=kind, root=None if problems else root, problems=problems)


def _bytes(file: Path, name: str) -> bytes:
    """Return the bytes of a file, or enough of them to see that it is too large."""
    if file.is_dir():
        raise _wrong(
            Place(name), "the folder holds no YAML file that can be seen.", "Give the folder of the declarations."
        )
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "the path cannot be used"
        raise _wrong(Place(name), f"the file cannot be read: {why}.", "Look at its name and its rights.") from None


def _kind(root: Node) -> str:
    kind = root.get("kind")
    if kind is None:
        raise _wrong(
            root.place, "the file does not say its kind.", f"Begin it with kind: and one of {', '.join(KINDS)}."
        )
    if kind.value not in KINDS:
        raise _wrong(kind.place, "there is no such kind of declaration.", meant_or_known(str(kind.value), KINDS))
    return str(kind.value)


def _wrong(place: Place, message: str, hint: str) -> DeclarationError:
    return DeclarationError((Problem(place=place, where="", message=message, hint=hint),))
