"""What changed since the version that the school authorised, in words that a headteacher reads.

What counts as a change, and what it means for the school, is for ``compliance.changes`` to say. Here it is put in
other words: without ids, paths, codes and ISO periods.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from compliance.changes.base import Change, Kind, Sign
from compliance.changes.compare import compare
from compliance.model.declarations import Declarations, Retention
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import DataClass
from compliance.model.wording import named as named_item
from compliance.reports.countries import NAMES
from compliance.reports.parts.reasons import BASES
from compliance.reports.parts.retention import TRIGGERS
from compliance.reports.words import counted, named, period, sentence


class Sort(StrEnum):
    """What sort of change it is; documents list them in this order."""

    ADDED = "New"
    NEEDED = "Now required"
    OTHERWISE = "Changed"
    FREED = "Now optional"
    LESS = "Less"
    REMOVED = "Dropped"
    NEUTRAL = "Reads otherwise"


MORE = frozenset({Sort.ADDED, Sort.NEEDED, Sort.OTHERWISE})
"""What a school has to look at before anything is done by it."""

_SORTS = {
    Kind.FIELD_REQUIRED: Sort.NEEDED,
    Kind.SCOPE_REQUIRED: Sort.NEEDED,
    Kind.FIELD_OPTIONAL: Sort.FREED,
    Kind.SCOPE_OPTIONAL: Sort.FREED,
}
_ADDED = frozenset({
    Kind.FIELD_ADDED, Kind.SCOPE_ADDED, Kind.PURPOSE_ADDED, Kind.OPTION_ADDED, Kind.STORED_ADDED, Kind.COUNTRY_ADDED,
    Kind.RECIPIENT_ADDED, Kind.USE_ADDED, Kind.DECISION_INTRODUCED,
})  # fmt: skip
_REMOVED = frozenset({
    Kind.FIELD_REMOVED, Kind.SCOPE_REMOVED, Kind.PURPOSE_REMOVED, Kind.OPTION_REMOVED, Kind.STORED_REMOVED,
    Kind.STORE_REMOVED, Kind.RECIPIENT_REMOVED,
})  # fmt: skip
_OF_FIELDS = frozenset(kind for kind in Kind if kind.value.startswith("field_")) | {
    Kind.CONDITION_CHANGED,
    Kind.CLASS_LOWERED,
    Kind.CLASS_RAISED,
}
_TEXTS = {
    Kind.FIELD_REMOVED: "It is no longer asked for.",
    Kind.FIELD_REQUIRED: "You could refuse it before. Now the app is said to need it.",
    Kind.FIELD_OPTIONAL: "It was required before. Now you can refuse it.",
    Kind.CONDITION_CHANGED: "Another condition is named for using it than before.",
    Kind.SCOPE_ADDED: "It was not asked for before.",
    Kind.SCOPE_REMOVED: "It is no longer asked for.",
    Kind.PURPOSE_ADDED: "It was no purpose before.",
    Kind.PURPOSE_REMOVED: "Data no longer serves it.",
    Kind.STORED_ADDED: "It is kept now and was not before.",
    Kind.STORED_REMOVED: "It is no longer said to be kept.",
}
"""What is said of some kinds of change; of the others, their own message is told in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainChange:
    """One change."""

    sort: Sort
    label: str
    """What changed: a data item, a purpose, people, a company or a time limit."""
    text: str
    """From what to what, in sentences."""
    fields: frozenset[FieldPath] = frozenset()
    """The integrator's fields that it is about; none when it is about no single one."""
    reviews_dpia: str = ""
    """Why the school has to look at its impact assessment again (UK GDPR Article 35(11)); empty when not for this."""


def changes_since(given: Declarations) -> tuple[PlainChange, ...]:
    """Return every change from the earlier declarations to the present ones, those that ask for more first."""
    before = replace(
        given,
        permission_set=given.previous,
        stored_fields=given.previous_stored_fields,
        organisation=given.previous_organisation,
    )
    told = [change for change in compare(before, given).changes if change.data_class is not DataClass.NOT_PERSONAL]
    details = [change for change in told if change.kind is Kind.DETAIL_CHANGED and change.sign is Sign.NEUTRAL]
    claims = {Kind.PATCH_CLAIM_WRONG}  # it says of the supplier's claim what the changes say themselves
    found = [_plain(given, before, each) for each in told if each not in details and each.kind not in claims]
    if details:
        text = f"{counted(len(details), 'text or detail reads', 'texts or details read')} otherwise than before."
        found.append(PlainChange(sort=Sort.NEUTRAL, label="Wording and details", text=text))
    order = list(Sort)
    return tuple(sorted(found, key=lambda change: order.index(change.sort)))


def _plain(given: Declarations, before: Declarations, change: Change) -> PlainChange:
    source = before if change.kind in _REMOVED else given
    return PlainChange(
        sort=_sort(change),
        label=_label(source, change),
        text=_text(given, before, change),
        fields=frozenset({change.path}) if change.path and change.kind in _OF_FIELDS else frozenset(),
        reviews_dpia=_dpia(source, change),
    )


def _sort(change: Change) -> Sort:
    if change.kind in _SORTS and change.sign is not Sign.NEUTRAL:
        return _SORTS[change.kind]
    if change.sign in {Sign.BREAKING, Sign.NOTICE}:
        return Sort.ADDED if change.kind in _ADDED else Sort.OTHERWISE
    if change.sign is Sign.NEUTRAL:
        return Sort.NEUTRAL
    return Sort.REMOVED if change.kind in _REMOVED else Sort.LESS


def _label(given: Declarations, change: Change) -> str:
    said, asked, stored = change.evidence, given.permission_set, given.stored_fields
    if change.item or change.path:
        return change.item.label if change.item else f"Undescribed field {change.path}"
    if "sub_processor" in said or "joint_controller" in said:
        return f"Company: {said.get('sub_processor') or said['joint_controller']}"
    if "store" in said and stored:
        return f"Place of storage: {stored.stores[said['store']].label}"
    if "scope" in said:
        known = given.catalogue.scopes.get(said["scope"]) if given.catalogue else None
        return f"Scope: {known.label if known else said['scope']}"
    if "purpose" in said and asked and said["purpose"] in asked.purposes:
        return f"Purpose: {sentence(asked.purposes[said['purpose']].text)}"
    for name, label in (("population", "Which people: {}"), ("option", "Setting: {}"), ("retention", "Time limit: {}")):
        if name in said:
            return label.format(named(said[name]))
    return "The app as a whole"


def _text(given: Declarations, before: Declarations, change: Change) -> str:
    """Say from what to what a change leads."""
    if change.kind is Kind.FIELD_ADDED:
        return f"It was not asked for before. It is {'optional' if change.is_optional else 'not optional'}."
    if change.kind is Kind.PURPOSE_REWORDED and before.permission_set:
        return f"It said before: {sentence(before.permission_set.purposes[change.evidence['purpose']].text)}"
    if "retention" in change.evidence and given.stored_fields and before.stored_fields:
        key = change.evidence["retention"]
        was, is_now = (_limit(each.stored_fields.retentions[key]) for each in (before, given) if each.stored_fields)
        return f"Before: {was}. Now: {is_now}."
    return _TEXTS.get(change.kind) or _in_plain_words(given, before, change)


def _limit(limit: Retention) -> str:
    """Say a time limit in words, its grace and its backups with it."""
    after = TRIGGERS.get(limit.trigger, named(limit.trigger.rpartition(".")[2]))
    parts = [f"{period(limit.period)} after {after}" if limit.period else limit.criteria or "not stated"]
    parts += [f"{period(limit.grace)} more to erase it"] if limit.grace != "P0D" else []
    parts += [f"{period(limit.backups)} in backups"] if limit.backups else []
    return ", ".join(parts)


def _in_plain_words(given: Declarations, before: Declarations, change: Change) -> str:
    """Return the message of a change without what its label says already, and without ids and codes."""
    text, said = change.message, change.evidence
    if change.path:
        text = text.replace(named_item(change.item, change.path), "It")
    for name in ("scope", "purpose", "option", "population"):
        if name in said:
            text = text.replace(f"The {name} {said[name]}", "It", 1)
    if "sub_processor" in said:
        text = text.replace(said["sub_processor"], "It", 1)
    for each in (given, before):
        purposes = each.permission_set.purposes if each.permission_set else {}
        if (key := said.get("purpose", "")) in purposes:
            text = text.replace(f"the purpose {key}.", f"this purpose: {sentence(purposes[key].text)}")
    known = {**_WORDS, **_OF_KINDS.get(change.kind, {})}
    return sentence(_WORD.sub(lambda word: known.get(word[0], word[0]), text))


_WORD = re.compile(r"[\w.]*\w")
_WORDS = {**BASES, "unsaid": "not stated", "not_asked": "not asked", "on_roll": "on roll", "vendor": "supplier"}
"""Codes of declarations, as readers know them."""
_PEOPLE = {"pupil": "pupils", "contact": "parents and carers", "group": "groups", "school": "the school"}
_OF_KINDS = {Kind.COUNTRY_ADDED: NAMES, Kind.POPULATION_WIDENED: _PEOPLE, Kind.POPULATION_NARROWED: _PEOPLE}
"""Codes that mean something in messages of one kind alone."""


def _dpia(given: Declarations, change: Change) -> str:
    """Say why a change is one of the risk to pupils (RULES.md, VC02, VC09 and VC11)."""
    if change.kind is Kind.FIELD_ADDED and change.data_class and change.data_class.needs_care:
        return f"{_label(given, change)} is new and needs special care."
    if change.kind is Kind.DECISION_INTRODUCED:
        return "A purpose newly judges people by a program, or decides about single people."
    if change.kind is Kind.ROLE_CHANGED and change.sign is Sign.BREAKING:
        return "The supplier would decide about the use of data itself."
    return "What schools hand over is put to another use." if change.kind is Kind.USE_ADDED else ""


def sort_of(fields: Iterable[FieldPath], changes: Iterable[PlainChange]) -> Sort | None:
    """Return the first sort of change that is about any of ``fields``; None when none is."""
    paths = {*fields}
    return next((change.sort for change in changes if change.fields & paths), None)
