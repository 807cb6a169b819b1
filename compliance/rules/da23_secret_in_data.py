"""DA23: passwords and keys do not stand among personal data."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.rules.base import Case, rule
from compliance.rules.found import first_row, found_fields
from compliance.rules.wording import counted

WORDS = {"secret:key": "keys or tokens", "secret:password": "passwords", "secret:hash": "hashes of passwords"}
HASHED = "hashed"


@rule(
    "DA23",
    "secret-in-data",
    Severity.ERROR,
    needs=(Input.DATA,),
    law=("UK GDPR 32",),
)
def secret_in_data(case: Case) -> Iterator[Hit]:
    """A password, a key or a token stands in a field.

    Why:
        Whoever reads the row can act as somebody else, and see all that they may see.
    Example:
        "Password: Otter12" in the column "notes"; a token of a service in the column "settings".
    Instead:
        Take it out and make a new one: it must be taken for known. Passwords belong in the store of accounts, as
        salted hashes.
    Silent when:
        - The field is declared to hold hashes (transform), and it holds hashes of passwords.
        - The text only speaks of passwords, such as "password: forgotten".
    """
    for found in found_fields(case):
        is_hashed = found.stored is not None and found.stored.transform == HASHED
        for detector, words in WORDS.items():
            met = found.profile.detections.get(detector)
            if met and not (is_hashed and detector == "secret:hash"):
                yield found.hit(
                    f"{found.name} holds {words} in {counted(met.matches, 'row')}.",
                    {"sort": detector.partition(":")[2], "rows": met.matches, **first_row(met.first_row)},
                    fix="Take them out, and make new ones.",
                )
