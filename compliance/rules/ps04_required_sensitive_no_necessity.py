"""PS04: data that needs care is required only with a good reason."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.asked import asked_fields
from compliance.rules.base import Case, given, rule


@rule(
    "PS04",
    "required-sensitive-no-necessity",
    Severity.ERROR,
    needs=(Input.PERMISSION_SET, Input.CATALOGUE),
    law=("UK GDPR 5(1)(c)", "UK GDPR 9(2)", "UK GDPR 25(2)", "ICO Children's code, standard 8"),
)
def required_sensitive_no_necessity(case: Case) -> Iterator[Hit]:
    """A field that needs special care is required, and nothing says why nothing less would do.

    Why:
        Data about health, beliefs, origin, care or poverty can hurt a child when it gets out. An app that cannot be
        used without it must show that there is no milder way.
    Example:
        Pupil premium is "required: true" and has no "necessity".
    Instead:
        Make the field optional, or write under "necessity" why the app cannot work with less.
    Silent when:
        - The app exists to work with this very item (core_function), and a DPIA is named that covers it.
    """
    for asked in asked_fields(case.declarations, given(case.declarations.permission_set)):
        field = asked.field
        is_core = field.core_function and field.dpia
        needs_care = asked.data_class is not None and asked.data_class.needs_care
        if needs_care and field.required and not field.necessity and not is_core:
            yield asked.hit(
                f"{asked.name} is required, and nothing says why nothing less would do.",
                fix='Write "required: false", or give the field a "necessity".',
            )
