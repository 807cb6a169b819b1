"""Loads declarations: files in, one value out; every problem of every file in one error."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

from compliance import resources
from compliance.declarations.agreement import Names, different_apps, disagreements
from compliance.declarations.authorisation import read_authorisation
from compliance.declarations.documents import Documents, open_documents
from compliance.declarations.integrator import read_catalogue
from compliance.declarations.nodes import Node
from compliance.declarations.organisation import read_organisation
from compliance.declarations.permission_set import read_permission_set
from compliance.declarations.revisions import Revision
from compliance.declarations.stored_fields import read_stored_fields
from compliance.declarations.vocabulary import read_vocabulary
from compliance.declarations.waivers import read_waivers
from compliance.declarations.yaml_nodes import parse_yaml
from compliance.errors import DeclarationError, Place, Problem
from compliance.model.catalogue import Catalogue
from compliance.model.declarations import Authorisation, Declarations
from compliance.model.vocabulary import EMPTY_VOCABULARY, Vocabulary

T = TypeVar("T")

DEFAULT_VOCABULARY = "uk-schools"
_COMPARED = frozenset({"permission_set", "stored_fields", "organisation"})
"""Kinds of declaration of which an earlier version is looked at."""
_GIVE = {
    "permission_set": "Give the file of its earlier version.",
    "authorisation": "Give files that begin with kind: authorisation, or their folder.",
    "vocabulary": "Give a file that begins with kind: vocabulary.",
}


def load_declarations(
    paths: Sequence[Path | Revision], *, previous: Path | None = None, rule_ids: Collection[str] = ()
) -> Declarations:
    """Load every declaration among ``paths``: YAML files, or folders of them.

    A file says its kind itself. The shipped vocabulary, and the shipped catalogue of the permission set's integrator,
    are used unless a file of that kind is given. ``previous`` is an earlier version of the permission set, or the
    folder in which it stands, perhaps with the stored fields and the organisation of that time. Waivers may name only
    ``rule_ids``, when there are any. Raises ``DeclarationError`` with every problem.
    """
    given = open_documents(paths)
    earlier = open_documents((previous,) if previous else ())
    roots = given.roots
    before = {kind: root for kind, root in earlier.roots.items() if kind in _COMPARED}
    vocabulary, catalogue = _vocabulary(given), _catalogue(given)
    problems = (
        *given.problems,
        *earlier.problems,
        *disagreements(roots, _names(vocabulary, catalogue, rule_ids)),
        *disagreements(before, {}),
        *different_apps((*roots.values(), *before.values())),
        *(_lacking(previous, earlier, "permission_set", "permission set to compare with") if previous else ()),
    )
    if problems:
        raise DeclarationError(_in_file_order(problems, (*given.digests, *earlier.digests)))
    return Declarations(
        vocabulary=vocabulary or EMPTY_VOCABULARY,
        catalogue=catalogue,
        permission_set=_read(read_permission_set, roots.get("permission_set")),
        previous=_read(read_permission_set, before.get("permission_set")),
        previous_stored_fields=_read(lambda root: read_stored_fields(root, catalogue), before.get("stored_fields")),
        previous_organisation=_read(read_organisation, before.get("organisation")),
        stored_fields=_read(lambda root: read_stored_fields(root, catalogue), roots.get("stored_fields")),
        authorisation=_read(read_authorisation, roots.get("authorisation")),
        organisation=_read(read_organisation, roots.get("organisation")),
        waivers=_read(read_waivers, roots.get("waivers")) or (),
        digests={**earlier.digests, **given.digests},
    )


def load_authorisations(paths: Sequence[Path]) -> tuple[Authorisation, ...]:
    """Load every authorisation among ``paths``, each of a school: files, or folders of them; other kinds are left out.

    Raises ``DeclarationError`` with every problem, and when there is none.
    """
    files = [file for file in open_documents(paths).files if file.kind in {"authorisation", None}]
    problems = [problem for file in files for problem in file.problems]
    for file in files:
        problems += disagreements({"authorisation": file.root}, {}) if file.root else ()
    if not files:
        problems += (_none_at(path, "authorisation") for path in paths)
    if problems:
        raise DeclarationError(tuple(problems))
    return tuple(read_authorisation(file.root) for file in files if file.root)


def _read(read: Callable[[Node], T], root: Node | None) -> T | None:
    """Read what was given."""
    return read(root) if root else None


def _vocabulary(given: Documents) -> Vocabulary | None:
    """Return the vocabulary that was given, or the shipped one; None when the one that was given is broken."""
    if given.may_hold("vocabulary"):
        return _read(read_vocabulary, given.roots.get("vocabulary"))
    return _shipped_vocabulary()


def _catalogue(given: Documents) -> Catalogue | None:
    """Return the catalogue that was given, or the shipped one of the permission set's integrator, if there is one."""
    if given.may_hold("integrator"):
        return _read(read_catalogue, given.roots.get("integrator"))
    permission_set = given.roots.get("permission_set")
    return _shipped_catalogue(permission_set.text("integrator")) if permission_set else None


@cache
def _shipped_vocabulary() -> Vocabulary:
    """Read the shipped vocabulary; a test, not every run, holds it against its schema."""
    return read_vocabulary(_shipped(resources.vocabulary(DEFAULT_VOCABULARY)))


@cache
def _shipped_catalogue(integrator: str) -> Catalogue | None:
    """Read the shipped catalogue of an integrator, if there is one; a test holds it against its schema."""
    path = resources.integrator_catalogue(integrator)
    return read_catalogue(_shipped(path)) if path.is_file() else None


def _shipped(path: Path) -> Node:
    return Node.root(parse_yaml(path.read_bytes(), path.name), path.name)


def _names(vocabulary: Vocabulary | None, catalogue: Catalogue | None, rule_ids: Collection[str]) -> Names:
    """Return the names that declarations may use and do not define themselves."""
    names: dict[str, Collection[str]] = {}
    if vocabulary:
        names |= {"item group": vocabulary.groups, "data item": vocabulary.items, "code set": vocabulary.code_sets}
        names |= {"data item or item group": {*vocabulary.items, *vocabulary.groups}}
    if catalogue:
        names |= {"option": catalogue.options}
    if catalogue and catalogue.scopes:  # where an integrator has none, the app names its groups of fields itself
        names |= {"scope": catalogue.scopes}
    if rule_ids:
        names |= {"rule": rule_ids}
    return names


def _lacking(path: Path, documents: Documents, kind: str, what: str) -> Iterator[Problem]:
    """Yield a problem when there is no declaration of a kind at ``path``."""
    if not documents.may_hold(kind):
        yield _none_at(path, kind, what)


def _none_at(path: Path, kind: str, what: str = "") -> Problem:
    return Problem(place=Place(path.as_posix()), where="", message=f"there is no {what or kind}.", hint=_GIVE[kind])


def _in_file_order(problems: Iterable[Problem], files: Iterable[str]) -> tuple[Problem, ...]:
    order = {file: index for index, file in enumerate(files)}
    return tuple(sorted(problems, key=lambda problem: (order.get(problem.place.file, 0), problem.place)))
