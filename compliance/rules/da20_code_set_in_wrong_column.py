"""DA20: codes that tell something private stay in their own column."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.vocabulary import CodeSet
from compliance.rules.base import Case, rule
from compliance.rules.found import FoundField, found_fields
from compliance.rules.wording import counted

SHARE = 0.9
"""Of the different values of a field, how many must be codes of the set."""
FEWEST_CODES = 3
FEWEST_LETTERS = 4
"""Different values needed where every code is a single letter: Y, N, U and R are in many sets."""
FEWEST_ROWS = 20


@rule(
    "DA20",
    "codeset-in-wrong-column",
    Severity.ERROR,
    needs=(Input.DATA,),
    law=("UK GDPR 9", "UK GDPR 30"),
)
def code_set_in_wrong_column(case: Case) -> Iterator[Hit]:
    """A field is filled with codes that tell something private, and is declared to hold something else.

    Why:
        Sensitive codes under a harmless name may be guarded by nobody: access, retention and notices all go by
        what the declaration says.
    Example:
        The column "home_language" holds WBRI, WIRT, APKN and MWBC, which are codes of ethnicity.
    Instead:
        Put right what the field is filled from and erase what is there; or declare the field as what it is.
    Silent when:
        - The field is declared to hold codes of that very set.
        - All codes of the set are single letters, and fewer than four different values are there.
        - Fewer than twenty rows are filled.
        - The values fit the field's own code set just as well.
    """
    revealing = [codes for codes in case.declarations.vocabulary.code_sets.values() if codes.reveals]
    for found in found_fields(case):
        if found.profile.filled < FEWEST_ROWS:
            continue
        own = _fit(found, found.code_set) if found.code_set else 0
        fitting = [codes for codes in revealing if _fills(found, codes) and _fit(found, codes.id) > own]
        if fitting:
            best = max(fitting, key=lambda codes: (_fit(found, codes.id), codes.id))
            yield found.hit(
                f'{found.name} is filled with codes of "{best.label}" in '
                f"{counted(found.profile.code_sets[best.id].rows, 'row')}, and is not declared to hold them.",
                {"code_set": best.id, "codes": _fit(found, best.id), "rows": found.profile.code_sets[best.id].rows},
                fix="Put right what the field is filled from and erase what is there, or declare it as what it is.",
            )


def _fit(found: FoundField, code_set: str) -> int:
    """Count the different codes of the set that stand in the field."""
    hits = found.profile.code_sets.get(code_set)
    return len(hits.codes) if hits else 0


def _fills(found: FoundField, codes: CodeSet) -> bool:
    """Whether the field is as good as filled with codes of the set."""
    are_letters = all(len(entry.code) == 1 for entry in codes.codes)
    fewest = FEWEST_LETTERS if are_letters else FEWEST_CODES
    return _fit(found, codes.id) >= max(fewest, SHARE * found.profile.distinct.count)
