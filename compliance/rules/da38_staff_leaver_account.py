"""DA38: who no longer works at the school no longer gets in."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.vocabulary import Subject
from compliance.rules.base import Case, rule
from compliance.rules.found import rows_met


@rule(
    "DA38",
    "staff-leaver-account",
    Severity.ERROR,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(1)(f)", "UK GDPR 32"),
)
def staff_leaver_account(case: Case) -> Iterator[Hit]:
    """The account of a member of staff may still be used after the day on which they left.

    Why:
        Whoever has left may go on looking at children's data from anywhere, and nobody will notice.
    Example:
        A teacher left on 31 August; in November the account is still active.
    Instead:
        Close the account on the day of leaving, without waiting for the erasure.
    Silent when:
        - The person is from an agency or works at several schools, and may use the account until a later day
          (access_until).
        - The account is closed, whatever the word for it (active).
        - The day of leaving is today or lies in the future.
        - The account is a pupil's or a contact's: what is left of it is a matter of its retention.
    """
    for met in rows_met(case, "account_of_leaver"):
        if met.dataset and met.dataset.subject is Subject.STAFF:
            is_one = met.rows == 1
            yield met.hit(
                f"{met.counted} {'is an account' if is_one else 'are accounts'} of staff who have left, and may still "
                "be used.",
                fix="Close these accounts, and close them on the day of leaving from now on.",
            )
