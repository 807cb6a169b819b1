"""What the templates of the notice for children see: short sentences, who does what, the main thing first.

The band is 10 to 12; a test measures that the text of the example reads at that age. A younger child is read it to.
"""

from __future__ import annotations

from dataclasses import dataclass

from compliance.model.audit import Audit
from compliance.model.vocabulary import Subject
from compliance.reports.notice.facts import facts
from compliance.reports.parts.activities import NOT_KEPT
from compliance.reports.parts.companies import app_label, companies, supplier_name
from compliance.reports.parts.contacts import binds_uk
from compliance.reports.parts.head import Head, Section, head, school_name
from compliance.reports.parts.provenance import Provenance, provenance
from compliance.reports.parts.transfers import transfers
from compliance.reports.words import day, listed

AGES = "10 to 12"

_SECTIONS = (
    *(
        Section(anchor, title, "notice/child.html.j2")
        for anchor, title in (
            ("what", "What is it?"),
            ("data", "What does it know about you?"),
            ("why", "Why?"),
            ("who", "Who gets it?"),
            ("time", "How long is it kept?"),
            ("machine", "Does a machine decide?"),
            ("you", "What can you do?"),
        )
    ),
    Section("provenance", "For grown-ups: how we know", "parts/provenance.html.j2"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One question and its answer: sentences, then a list."""

    anchor: str
    title: str
    sentences: tuple[str, ...]
    points: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildView:
    """The notice, ready to be set out."""

    head: Head
    answers: tuple[Answer, ...]
    provenance: Provenance


def child_view(audit: Audit) -> ChildView:
    """Return the notice for the children of one school."""
    app, school, supplier = app_label(audit), school_name(audit), supplier_name(audit)
    told = facts(audit, own=False)
    about = [each for each in told.activities if each.subject is Subject.PUPIL]
    texts = {
        "what": ((f"{app} is an app.", f"{supplier} makes it.", f"{school} uses it."), (), ()),
        "data": (
            ("The app gets some facts about you.", "They are of these kinds:") if about
            else ("We do not know yet.", "Ask your school."),
            tuple(dict.fromkeys(each.group for each in about)),
            ("Most come from your school.",) if any(line.source_path for e in about for line in e.lines) else (),
        ),
        "why": (
            ("Your school uses the facts for this:",) if about else ("We do not know yet.",),
            tuple(dict.fromkeys(purpose.text for purpose in told.purposes
                                if any(each.purpose.text.rstrip(".") == purpose.text.rstrip(".") for each in about))),
            (),
        ),
        "who": _who(audit, supplier),
        "time": (
            ("Your facts are not kept for ever.", "They go at this time:") if about else ("We do not know yet.",),
            tuple(dict.fromkeys(f"{each.kept}." for each in about if each.kept != NOT_KEPT)),
            (),
        ),
        "machine": (_machine(audit), (), ()),
        "you": _you(audit),
    }  # fmt: skip
    titles = {section.anchor: section.title for section in _SECTIONS}
    return ChildView(
        head=head(
            audit,
            kicker="Privacy notice for children",
            lede=f"For readers aged {AGES}. If you are younger, ask somebody to read it with you.",
            description=f"What {app} knows about children, in plain words.",
            sections=_SECTIONS,
            meta=(("School", school), ("App", app), ("Made by", supplier), ("Date", day(audit.at.date()))),
        ),
        answers=tuple(
            Answer(anchor=anchor, title=titles[anchor], sentences=first, points=points, after=after)
            for anchor, (first, points, after) in texts.items()
        ),
        provenance=provenance(audit),
    )


_Parts = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _who(audit: Audit, supplier: str) -> _Parts:
    if audit.declarations.organisation is None:
        return ("We do not know yet.", "Ask your school."), (), ()
    helpers = companies(audit)[1:]
    abroad = dict.fromkeys(each.where for each in transfers(audit))
    away = f"Some of it goes to {listed(abroad)}." if abroad else ""
    if not helpers:
        return (f"{supplier} gets your facts.", *([away] if away else [])), (), ()
    names = tuple(company.name for company in helpers)
    return (f"{supplier} gets your facts.", "These others help it:"), names, (away,) if away else ()


def _machine(audit: Audit) -> tuple[str, ...]:
    organisation = audit.declarations.organisation
    return {
        True: ("Yes, some things.", "You can ask for a person to look at it."),
        False: ("No.", "The makers say that no machine decides about you by itself."),
        None: ("The makers have not said.", "Ask your school."),
    }[organisation.automated_decisions if organisation else None]


def _you(audit: Audit) -> _Parts:
    told = facts(audit, own=False)
    may_object = any("to object" in purpose.rights for purpose in told.purposes)
    points = (
        "You can ask to see your facts.",
        "You can ask to put them right if they are wrong.",
        "You can say no to a use, and the school has to think about it." if may_object else "",
        "You can ask your school about any of this.",
    )
    return (
        ("The facts are about you, so you have rights.",),
        tuple(filter(None, points)),
        (
            "Are you not happy? Tell a teacher, or a grown-up at home.",
            "You or they can also tell the ICO. It looks after these rules."
            if binds_uk(audit)
            else "You or they can also tell the office in your country that looks after these rules.",
        ),
    )
