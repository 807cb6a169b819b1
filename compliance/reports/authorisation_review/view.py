"""Everything that the template of the data authorisation review sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.model.asked import asked_fields
from compliance.model.audit import Audit
from compliance.model.declarations import Declarations
from compliance.model.ledger import State
from compliance.reports.authorisation_review import questions as q
from compliance.reports.authorisation_review.changes import MORE, PlainChange, Sort, changes_since
from compliance.reports.authorisation_review.items import (
    CHANGE_TAGS,
    ItemGroup,
    erased_by,
    item_groups,
    lines_of,
    strongest,
    what_becomes_of_dropped,
)
from compliance.reports.authorisation_review.offer import Offer, authorised_before, offer_of
from compliance.reports.parts.companies import app_label, integrator_label, supplier_name
from compliance.reports.parts.glossary import GLOSSARY
from compliance.reports.parts.head import Head, Section, head, meta_of
from compliance.reports.parts.items import items_of
from compliance.reports.parts.levels import Level, Tag
from compliance.reports.parts.provenance import Provenance, provenance
from compliance.reports.parts.scopes import Spare, spare_items
from compliance.reports.words import counted, day, inside, listed, period, sentence

SECTIONS = tuple(
    Section(anchor, title, f"{folder}/{anchor}.html.j2")
    for anchor, title, folder in (
        ("summary", "Summary", "authorisation-review"),
        ("changes", "What changed", "authorisation-review"),
        ("decide", "Decide item by item", "authorisation-review"),
        ("held", "Data that is already held", "authorisation-review"),
        ("less", "Could the app ask for less?", "authorisation-review"),
        ("notice", "Your privacy notice and impact assessment", "authorisation-review"),
        ("sign", "Sign", "authorisation-review"),
        ("provenance", "What this review rests on", "parts"),
        ("glossary", "Words used", "parts"),
    )
)
"""Every section, in order."""

WORDS = frozenset({
    "Asked for", "Authorise", "Cannot tell", "Data item", "Declared", "Integrator", "Kept", "Not looked at",
    "Permission set", "Scope", "Special category", "Supplier", "Take care", "Treat as special", "Unlocked",
})  # fmt: skip
_COUNTED = (*MORE, Sort.FREED, Sort.REMOVED)
RECEIPT = (
    "Receipt number",
    (
        "A number worked out from everything that you decided. The same decision gives the same number, and any other "
        "gives another."
    ),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the document says first."""

    level: Level
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to the question what the school decides, and what it does."""

    value: str
    label: str
    effect: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change, as it is set out."""

    tag: Tag
    label: str
    text: str
    held: str
    """What becomes of data that is no longer asked for; empty for every other change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """One review, ready to be set out."""

    head: Head
    supplier: str
    integrator: str
    verdict: Verdict
    counts: tuple[tuple[str, str], ...]
    """What is new in numbers: words and figure."""
    offer: Offer | None
    marks: tuple[tuple[str, str, str], ...]
    """What the form bears: name, label and value."""
    options: tuple[Option, ...]
    before: str
    """The version that was authorised, when and by whom; empty when none is known."""
    changes: tuple[ChangeLine, ...]
    compared: str
    """What was compared, or why nothing could be, in sentences."""
    groups: tuple[ItemGroup, ...]
    erased_by: str
    grace: str
    """How long the supplier may take; empty when the school gave it no time."""
    spare: tuple[Spare, ...]
    never_kept: tuple[str, ...]
    """Items that are asked for and not said to be kept."""
    notice: tuple[str, ...]
    """Paragraphs to paste."""
    dpia: tuple[str, ...]
    """Why the impact assessment has to be looked at again; empty when nothing that was compared says so."""
    is_compared: bool
    provenance: Provenance
    glossary: tuple[tuple[str, str], ...]


def review_view(audit: Audit) -> ReviewView:
    """Return the review's view of an audit."""
    given, offer = audit.declarations, offer_of(audit.declarations)
    changes, compared = _changes(given)
    authorised = authorised_before(given)
    return ReviewView(
        head=head(
            audit,
            kicker="Data authorisation review",
            lede="What it asks your school for, what changed, and a form in which you decide.",
            description=f"What {app_label(audit)} asks your school for, what changed, and a form in which you decide.",
            sections=SECTIONS,
            meta=_meta(audit),
        ),
        supplier=supplier_name(audit),
        integrator=integrator_label(audit),
        verdict=_verdict(given, changes, is_compared=changes is not None),
        counts=_counts(changes, offer),
        offer=offer,
        marks=_marks(offer) if offer else (),
        options=_options(audit),
        before=_before(given),
        changes=tuple(_line(audit, change) for change in changes or ()),
        compared=compared,
        groups=item_groups(audit, offer, changes or ()) if offer else (),
        erased_by=erased_by(audit),
        grace=period(authorised.withdrawal_grace) if authorised and authorised.withdrawal_grace != "P0D" else "",
        spare=spare_items(audit, items_of(audit)),
        never_kept=_never_kept(audit, offer),
        notice=_notice(audit, changes or (), offer),
        dpia=tuple(dict.fromkeys(change.reviews_dpia for change in changes or () if change.reviews_dpia)),
        is_compared=changes is not None,
        provenance=provenance(audit),
        glossary=tuple(sorted((*(pair for pair in GLOSSARY if pair[0] in WORDS), RECEIPT))),
    )


def _changes(given: Declarations) -> tuple[tuple[PlainChange, ...] | None, str]:
    """Return the changes since the authorised version, or None, and what was compared with what."""
    asked, authorised, previous = given.permission_set, authorised_before(given), given.previous
    if asked is None:
        return None, "No permission set was given, so there is nothing to decide about."
    if authorised is None:
        return None, "Nobody gave us an earlier authorisation of yours. Everything below is new to you."
    if authorised.version == asked.version:
        return (), f"You authorised this version, {asked.version}. Nothing is new since then."
    if previous is None:
        return None, (
            f"You authorised version {authorised.version}. Nobody gave us that version, so what changed since then "
            "cannot be shown."
        )
    if previous.version != authorised.version:
        return None, (
            f"You authorised version {authorised.version}. We were given version {previous.version} to compare with, "
            "so what changed since yours cannot be shown."
        )
    compared = f"Compared are version {previous.version} and version {asked.version}."
    return changes_since(given), " ".join([compared, *_lacking(given)])


def _lacking(given: Declarations) -> Iterator[str]:
    """Say what could not be compared, because one of the two versions is not there."""
    pairs = (
        ("what is kept, where and for how long", given.previous_stored_fields, given.stored_fields),
        ("the companies that work with the data", given.previous_organisation, given.organisation),
    )
    for what, before, now in pairs:
        if before is None or now is None:
            yield f"Nobody gave us both versions of {what}, so that was not compared."


def _before(given: Declarations) -> str:
    authorised = authorised_before(given)
    if authorised is None:
        return ""
    on = f" on {day(authorised.authorised_on)}" if authorised.authorised_on else ""
    by = f" by {authorised.by_role}" if authorised.by_role else ""
    return f"version {authorised.version}, authorised{on}{by}"


def _verdict(given: Declarations, changes: tuple[PlainChange, ...] | None, *, is_compared: bool) -> Verdict:
    asked, authorised = given.permission_set, authorised_before(given)
    if asked is None:
        return Verdict(Level.UNSEEN, "nothing to decide", "No permission set was given.")
    if authorised is None:
        text = f"We know of no earlier decision of yours. Version {asked.version} asks for all that is listed here."
        return Verdict(Level.CAUTION, "a first decision", text)
    if not is_compared:
        text = f"Version {asked.version} is in use. You authorised version {authorised.version}."
        return Verdict(Level.CAUTION, "another version than yours", text)
    more = [change for change in changes or () if change.sort in MORE]
    if more:
        text = (
            f"Version {asked.version} differs in {counted(len(more), 'point')} from version {authorised.version}, "
            "which you authorised. Until you decide, your earlier decision stands."
        )
        return Verdict(Level.CAUTION, "the app asks for more", text)
    if changes:
        text = f"Version {asked.version} asks for nothing that version {authorised.version} did not ask for."
        return Verdict(Level.OK, "the app asks for less", text)
    return Verdict(Level.OK, "nothing is new", "You can confirm your decision, or change it.")


def _counts(changes: tuple[PlainChange, ...] | None, offer: Offer | None) -> tuple[tuple[str, str], ...]:
    items = offer.items if offer else ()
    asked = (
        ("Items asked for", f"{len(items):,}"),
        ("Of these required", f"{sum(i.required is True for i in items):,}"),
    )
    if changes is None:
        return (*asked, ("Changes since your version", "Not known"))
    return (
        *asked,
        *((sort.value, f"{sum(change.sort is sort for change in changes):,}") for sort in Sort if sort in _COUNTED),
    )


def _marks(offer: Offer) -> tuple[tuple[str, str, str], ...]:
    labels = {
        q.APP: "App",
        q.VERSION: "Version",
        q.SCHOOL: "School",
        q.NUMBER: "Number of this form",
    }
    return tuple((name, labels[name], value) for name, value in q.marks_of(offer).items())


def _options(audit: Audit) -> tuple[Option, ...]:
    gone = f"is to be erased {erased_by(audit)}"
    return (
        Option(q.ALL, "Authorise everything", "The app gets every item that it asks for, the optional ones too."),
        Option(q.REQUIRED, "Only what is required", f"Optional items stop. What is held of them {gone}."),
        Option(q.ITEMS, "Item by item", "You answer each question of section 3. Nothing is chosen for you."),
        Option(q.NONE, "Nothing", f"The app gets no more data from you. What it holds {gone}."),
    )


def _line(audit: Audit, change: PlainChange) -> ChangeLine:
    lines = tuple(line for line in audit.ledger if line.source_path in change.fields)
    held = what_becomes_of_dropped(lines) if change.sort is Sort.REMOVED and change.fields else ""
    return ChangeLine(CHANGE_TAGS[change.sort], change.label, change.text, held)


def _never_kept(audit: Audit, offer: Offer | None) -> tuple[str, ...]:
    """Return the items that are asked for, and that neither a declaration nor a store knows."""
    asked = audit.declarations.permission_set
    every = tuple(asked_fields(audit.declarations, asked)) if asked else ()
    transient = {each.path for each in every if each.field.transient}
    return tuple(
        item.label
        for item in (offer.items if offer else ())
        if item.fields and not transient & {*item.fields}
        for lines in [lines_of(audit, item)]
        if strongest({line.declared.state for line in lines}) is State.NO
        and strongest({line.held.state for line in lines}) is not State.YES
    )


def _notice(audit: Audit, changes: tuple[PlainChange, ...], offer: Offer | None) -> tuple[str, ...]:
    """Return what the school can paste into its notice, if it authorises everything."""
    asked = audit.declarations.permission_set
    if asked is None or offer is None:
        return ()
    new = {path for change in changes if change.sort is Sort.ADDED for path in change.fields}
    labels = [item.label for item in offer.items if not new or new & {*item.fields}]
    verb = "also uses" if new else "uses"
    first = f"From {day(audit.at.date())}, the app {app_label(audit)} of {supplier_name(audit)} {verb} these items: "
    first += f"{listed(map(inside, labels))}." if labels else "none."
    purposes = {
        key: asked.purposes[key].text
        for each in asked_fields(audit.declarations, asked)
        if not new or each.path in new
        for key in each.field.purposes
        if key in asked.purposes
    }
    why = " ".join(sentence(text) for text in purposes.values())
    return (first, f"Why: {why}" if why else "")


def _meta(audit: Audit) -> tuple[tuple[str, str], ...]:
    """Return the lines beside the title: those of every document, and when the school meant to look again."""
    authorised = authorised_before(audit.declarations)
    due = day(authorised.review_on) if authorised and authorised.review_on else "Not set"
    *most, last = meta_of(audit)
    return (*most, ("Review due", due), last)
