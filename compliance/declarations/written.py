"""The authorisation: from its value to its file. What ``authorisation.py`` reads, this writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from compliance.changes.content import content
from compliance.declarations.documents import document_of
from compliance.errors import DeclarationError
from compliance.model.declarations import Authorisation, Declined, Listed

_HEAD = """\
# What a school authorised, as `compliance authorise` read it from the school's form.
# The receipt is of what was decided. Holds, excluded people and the day of the review may change without it.

"""
_NONE = {"none_confirmed": True}


def authorisation_text(authorisation: Authorisation, name: str) -> str:
    """Return ``authorisation`` as a YAML declaration that keeps to its schema; the same value gives the same text.

    What was granted and declined is always said, if only that it is nothing: whoever decides has looked.
    Raises ``DeclarationError``, with places in the file ``name``, when the schema has a problem with it.
    """
    text = _HEAD + "".join(line for key, value in _members(authorisation) for line in _lines(key, value))
    if problems := document_of(text.encode(), name).problems:
        raise DeclarationError(problems)
    return text


def _members(it: Authorisation) -> Iterator[tuple[str, object]]:
    """Yield key and value of all that is said, in the order of the schema; values are as JSON has them."""
    said = {
        "kind": "authorisation",
        "app": it.app,
        "version": it.version,
        "permission_set_digest": it.permission_set_digest,
        "school": _said({**_mapping(it.school), "also_known_as": list(it.school.also_known_as)}),
        "controller": _said(_mapping(it.controller)),
        "dpo": _said(_mapping(it.dpo)),
        "dpo_not_required": it.dpo_not_required,
        "representative": _said(_mapping(it.representative)),
        "authorised_on": content(it.authorised_on),
        "by_role": it.by_role,
        "dpo_advice": it.dpo_advice,
        "method": it.method,
        "status": it.status,
        "default": it.default,
        "granted_scopes": sorted(it.granted_scopes) or _NONE,
        "declined_scopes": [_declined(each) for each in it.declined_scopes] or _NONE,
        "declined_fields": [_declined(each) for each in it.declined_fields] or _NONE,
        "excluded_people": {subject.value: number for subject, number in it.excluded_people.items()},
        "withdrawal_grace": it.withdrawal_grace,
        "review_on": content(it.review_on),
        "holds": _listed(it.holds),
        "receipt": it.receipt,
    }
    yield from _said(said).items()


def _declined(it: Declined) -> Mapping[str, object]:
    return _said({"id": it.id, "since": content(it.on), "reason": it.reason})


def _listed(it: Listed[str]) -> object:
    return list(it.items) or (_NONE if it.none_confirmed else None)


def _mapping(value: object) -> dict[str, object]:
    told = content(value)
    return told if isinstance(told, dict) else {}


def _said(members: Mapping[str, object]) -> dict[str, object]:
    """Leave out what nobody said. False and 0 are said."""
    return {key: value for key, value in members.items() if value not in (None, "", [], {})}


def _lines(key: str, value: object) -> Iterator[str]:
    """Yield the lines of one member; what stands inside it is JSON, which is YAML too."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        yield f"{key}:\n"
        yield from (f"  - {_inline(each)}\n" for each in value)
    elif isinstance(value, dict) and value != _NONE:
        yield f"{key}:\n"
        yield from (f"  {name}: {_inline(member)}\n" for name, member in value.items())
    else:
        yield f"{key}: {_inline(value)}\n"


def _inline(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
