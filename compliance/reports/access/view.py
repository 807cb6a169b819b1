"""What the templates of the annex for a subject access request see.

It holds nothing from anybody's records: it says where to look, what each field means and what the person has to be
told. The copy of the data is put with it by whoever answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from compliance.model.audit import Audit
from compliance.reports.access.search import (
    Derived,
    DictionaryLine,
    SearchLine,
    ThirdParty,
    derived,
    dictionary,
    search_lines,
    third_parties,
)
from compliance.reports.notice.facts import Facts, decisions, facts
from compliance.reports.parts.brief import Brief, brief, unseen_sentence
from compliance.reports.parts.companies import app_label
from compliance.reports.parts.contacts import Contact, binds_uk, complaint, contacts
from compliance.reports.parts.glossary import GLOSSARY
from compliance.reports.parts.head import Head, Section, head
from compliance.reports.parts.provenance import Provenance, provenance
from compliance.reports.parts.recipients import Recipients, recipients
from compliance.reports.parts.retention import RetentionFigure, RetentionLine, retention_figure, retention_lines
from compliance.reports.parts.stores import StoreLine, store_lines
from compliance.reports.parts.transfers import Transfer, safeguards_sentence, transfers, transfers_sentence
from compliance.reports.words import counted, listed

TO_FILL_IN = "For whoever answers to fill in"
SECTIONS = tuple(
    Section(anchor, title, f"{folder}/{anchor}.html.j2")
    for anchor, title, folder in (
        ("brief", "Summary", "parts"),
        ("request", "The request", "access"),
        ("search", "Where to look for the person", "access"),
        ("stores", "Stores", "parts"),
        ("dictionary", "What each field means", "access"),
        ("purposes", "Why, and on which basis", "notice"),
        ("told", "What else has to be told", "access"),
        ("recipients", "Who gets the data", "parts"),
        ("transfers", "Outside the United Kingdom", "parts"),
        ("derived", "What the app works out", "access"),
        ("others", "Other people in the data", "access"),
        ("retention", "How long it is kept", "parts"),
        ("rights", "Rights", "notice"),
        ("contacts", "Whom to ask", "parts"),
        ("provenance", "What this annex rests on", "parts"),
        ("glossary", "Words used", "parts"),
    )
)
REQUEST = (
    ("Reference", TO_FILL_IN),
    ("Person, by the key used in the search", TO_FILL_IN),
    ("How the person showed who they are", TO_FILL_IN),
    ("Who asks: the person, or somebody with parental responsibility", TO_FILL_IN),
    ("Day on which the request came", TO_FILL_IN),
    ("Days on which the clock stood still, and why", TO_FILL_IN),
    ("Day on which the answer is due: one month, which can be extended by two", TO_FILL_IN),
)
"""LAW.md 7: one month, extendable by two; the clock can stop while something needed is asked back [B]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessView:
    """The annex, ready to be set out."""

    head: Head
    brief: Brief
    request: tuple[tuple[str, str], ...]
    search: tuple[SearchLine, ...]
    stores: tuple[StoreLine, ...]
    dictionary: tuple[tuple[str, str, tuple[DictionaryLine, ...]], ...]
    """Dataset, who sees it, and its fields."""
    facts: Facts
    told: tuple[tuple[str, str], ...]
    recipients: Recipients
    transfers: tuple[Transfer, ...]
    transfers_sentence: str
    derived: tuple[Derived, ...]
    third_parties: tuple[ThirdParty, ...]
    to_fill_in: str
    retention: tuple[RetentionLine, ...]
    retention_figure: RetentionFigure | None
    is_own: bool
    rights_contact: str
    contacts: tuple[Contact, ...]
    complaint: str
    provenance: Provenance
    glossary: tuple[tuple[str, str], ...]


def access_view(audit: Audit) -> AccessView:
    """Return the annex for one app at one school."""
    organisation = audit.declarations.organisation
    return AccessView(
        head=head(
            audit,
            kicker="Annex for a subject access request",
            lede="For whoever answers a person who asks for their data. With the copy of the data it is restricted.",
            description=f"Where {app_label(audit)} keeps a person's data and what the person has to be told.",
            sections=SECTIONS,
        ),
        brief=_brief(audit),
        request=REQUEST,
        search=search_lines(audit),
        stores=store_lines(audit),
        dictionary=tuple(
            (where, seen, tuple(lines))
            for (where, seen), lines in groupby(dictionary(audit), key=lambda line: (line.where, line.recipients))
        ),
        facts=facts(audit, own=False),
        told=(
            ("Whether data about the person is held", TO_FILL_IN),
            ("Decisions by machines", decisions(audit)),
            ("Safeguards of transfers", safeguards_sentence(audit)),
            ("Machine-readable copy", "Give the copy as JSON or CSV as well, with the fields named as below."),
        ),
        recipients=recipients(audit),
        transfers=transfers(audit),
        transfers_sentence=transfers_sentence(audit),
        derived=derived(audit),
        third_parties=third_parties(audit),
        to_fill_in=TO_FILL_IN,
        retention=retention_lines(audit),
        retention_figure=retention_figure(audit),
        is_own=False,
        rights_contact=(organisation.rights_contact if organisation else "") or "Not stated",
        contacts=contacts(audit),
        complaint=complaint() if binds_uk(audit) else "",
        provenance=provenance(audit),
        glossary=GLOSSARY,
    )


def _brief(audit: Audit) -> Brief:
    search = search_lines(audit)
    by_hand = [line.dataset for line in search if line.how.word == "By hand"]
    unread = [line.label for line in store_lines(audit) if line.looked.word == "Not read"]
    others = third_parties(audit)
    known = (
        f"{counted(len(search), 'dataset')} about people; {len(search) - len(by_hand)} can be searched by a key.",
        f"{counted(len(dictionary(audit)), 'field')} explained in plain words.",
        f"Not read this time: {listed(unread)}." if unread else "Every declared store was read this time.",
    )
    unknown = ("Nobody told us what the app keeps, so that nobody knows where to look.",)
    lines = (
        *(known if audit.declarations.stored_fields else unknown),
        unseen_sentence(audit),
        "This annex holds nothing from anybody's records. The copy of the data is put with it.",
    )
    decide = (
        "Fill in the request, and say which stores were searched and which were not.",
        f"Search by hand: {listed(by_hand)}." if by_hand else "",
        f"Look through {counted(len(others), 'item')} in which other people may be spoken of." if others else "",
        "With the copy of the data: keep it apart, and send it in no e-mail that is not encrypted.",
    )
    return brief("answering the request", tuple(filter(None, lines)), tuple(filter(None, decide)))
