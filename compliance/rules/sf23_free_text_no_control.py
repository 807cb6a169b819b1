"""SF23: what people write freely is kept in bounds."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import FreeText
from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.kept import kept_fields


@rule(
    "SF23",
    "free-text-no-control",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 5(1)(c)", "UK GDPR 25"),
)
def free_text_no_control(case: Case) -> Iterator[Hit]:
    """A field of free text is kept with no limit of length, no guidance to those who write, and no screening.

    Why:
        People write down what helps them: a diagnosis, an address, a suspicion. Nobody can class it beforehand, so it
        needs bounds.
    Example:
        "{name: notes, source: user_entered, item: teacher-note}" without "free_text".
    Instead:
        Say under "free_text" how long a text may be, what people read beside it, or who looks at it.
    Silent when:
        - One of these bounds is declared (free_text).
        - Staff of the school write it because a law asks for the narrative, and the declaration names that law
          (professional_record).
    """
    for kept in kept_fields(case):
        is_free = kept.item is not None and kept.item.free_text
        if is_free and kept.field.free_text == FreeText() and not kept.field.professional_record:
            yield kept.hit(
                f"{kept.name} is free text, and is kept without a limit, guidance or screening.",
                fix="Add free_text: {longest: 500, guidance: what people read beside it}, or screening.",
            )
