"""Where the law that a rule names can be read."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ACTS: Mapping[str, str] = {
    "UK GDPR": "https://www.legislation.gov.uk/eur/2016/679",
    "DPA 2018": "https://www.legislation.gov.uk/ukpga/2018/12",
    "Protection of Freedoms Act 2012": "https://www.legislation.gov.uk/ukpga/2012/9",
}
"""Acts whose articles and sections have addresses of their own."""
_WHOLE: Mapping[str, str] = {
    "EU GDPR": "https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    "ICO, Edtech examined (2026)": "https://ico.org.uk/action-weve-taken/audits-and-overview-reports/2026/06/edtech/",
    "ICO, When do we need to do a DPIA?": "https://ico.org.uk/for-organisations/guide-to-data-protection/"
    "guide-to-the-general-data-protection-regulation-gdpr/data-protection-impact-assessments-dpias/"
    "when-do-we-need-to-do-a-dpia/",
    "ICO Children's code": "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/childrens-information/"
    "childrens-code-guidance-and-resources/the-children-s-code-and-education-technologies-edtech/",
    "DfE, Data protection in schools": "https://www.gov.uk/guidance/data-protection-in-schools/"
    "what-data-protection-means-for-schools",
}
"""Documents that have one address."""
_PART = re.compile(r"(?P<kind>Schedule|sections?|recital|) ?(?P<number>[0-9]+[A-Z]*)")
_WAYS: Mapping[str, str] = {"Schedule": "schedule", "section": "section", "sections": "section", "": "article"}


def address_of(law: str) -> str:
    """Return the address of an article, a section or a document; empty when none is known."""
    for act, address in _ACTS.items():
        if law.startswith(f"{act} "):
            part = _PART.match(law.removeprefix(f"{act} "))
            way = _WAYS.get(part["kind"]) if part else None
            return f"{address}/{way}/{part['number']}" if part and way else address
    return next((address for document, address in _WHOLE.items() if law.startswith(document)), "")


def linked(law: str) -> str:
    """Return the name of an article in Markdown, with its address where one is known."""
    address = address_of(law)
    return f"[{law}]({address})" if address else law
