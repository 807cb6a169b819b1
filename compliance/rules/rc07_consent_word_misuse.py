"""RC07: a school authorises; it does not consent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import counted

_MISUSE = re.compile(
    r"\b(school|headteacher|controller)(['\u2019]s)?( has| have| gave| gives|)( \w+)? consent(s|ed)?\b"
    r"|\bconsent(s|ed)? (of|by|from) (the|your|a|this) (school|headteacher|controller)\b"
    r"|\bconsent(ed)? (scopes?|permission sets?)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile('\u201c[^\u201d]*\u201d|"[^"]*"')


@rule(
    "RC07",
    "consent-word-misuse",
    Severity.ERROR,
    needs=(Input.REPORT,),
    law=("UK GDPR 4(11)", "UK GDPR 7", "UK GDPR 28(3)(a)"),
)
def consent_word_misuse(case: Case) -> Iterator[Hit]:
    """A document that is about to be published calls the school's authorisation its consent.

    Why:
        Consent belongs to pupils and parents, who may take it back at any time. What a school gives to a processor is
        a documented instruction; to call it consent tells parents of a choice that nobody gave them.
    Example:
        "The school consented to the scope StudentFunding."
    Instead:
        Write that the school authorised it.
    Silent when:
        - The words of somebody else's screen are quoted, in quotation marks.
        - The consent is that of a parent or a pupil.
    """
    found = sum(1 for _ in _MISUSE.finditer(_QUOTED.sub("", given(case.report_text))))
    if found:
        yield Hit(
            message=f"The document calls an authorisation consent in {counted(found, 'place')}.",
            evidence={"count": found},
            fix="Write that the school authorised it, in the declaration from which the words came.",
        )
