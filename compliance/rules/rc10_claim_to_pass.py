"""RC10: no document says that all is well with the law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, given, rule
from compliance.rules.wording import counted

_CLAIM = re.compile(
    r"\b(GDPR|DPA|UK GDPR|data protection)[ -](compliant|certified|approved)\b"
    r"|\b(fully|is|are) compliant with (the )?(UK |EU )?(GDPR|law|Data Protection Act)\b"
    r"|\b(approved|certified|endorsed|accredited) by (the )?"
    r"(ICO|DfE|Information Commission(er)?|Department for Education)\b",
    re.IGNORECASE,
)
_CERTIFICATE = re.compile(r"\bArticle 42 certificate (no\.? ?|number )?\w*\d", re.IGNORECASE)


@rule(
    "RC10",
    "claim-to-pass",
    Severity.ERROR,
    needs=(Input.REPORT,),
    law=("UK GDPR 5(1)(a)", "UK GDPR 5(2)"),
)
def claim_to_pass(case: Case) -> Iterator[Hit]:
    """A document that is about to be published says that somebody keeps to the law, or that an authority approved of
    it.

    Why:
        Nobody can promise it, and no authority gives such approval to an app. A school that believes it stops asking.
    Example:
        A reason in the permission set that ends with "approved by the ICO".
    Instead:
        Say what was looked at, when, and what was found.
    Silent when:
        - The document names a certificate under Article 42 with its number.
        - It tells what was looked at and what was found.
    """
    text = given(case.report_text)
    found = sum(1 for _ in _CLAIM.finditer(text))
    if found and not _CERTIFICATE.search(text):
        yield Hit(
            message=f"The document promises in {counted(found, 'place')} that somebody keeps to the law.",
            evidence={"count": found},
            fix="Say what was looked at and what was found, in the declaration from which the words came.",
        )
