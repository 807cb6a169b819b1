"""Which texts of a column are *suspects*: those on which only the kernel has the last word.

All that is left, the *plain* texts, are printable ASCII without blanks at their ends, begin no JSON, show no sign of a
detector and are no code. Of these every engine and Python say the same: length, lower case, bytes, digest. So nothing
hangs on a database's encoding, its idea of a blank or of a letter.

Signs are spelled so that POSIX, RE2, Java, ICU and PCRE read them alike: no backslash, no look-around.
"""

from __future__ import annotations

from collections.abc import Iterable

from compliance.inventory.detectors.group_name import ABBREVIATIONS, PHRASES

NOT_PLAIN = "[^ -~]|^[^!-Z^-z|-~]| $|^$"
"""Holds more than printable ASCII, has blanks at its ends, is empty, or may be a JSON object or array.

The second says "begins with a blank, a bracket or a brace" without naming a bracket, which Java and POSIX would each
want written in another way.
"""


def _any_case(phrase: str) -> str:
    return "".join(f"[{letter.upper()}{letter.lower()}]" if letter.isalpha() else "[ -]" for letter in phrase)


_WORDS = (*ABBREVIATIONS, *map(_any_case, PHRASES))
_EDGE, _END = "(^|[^0-9A-Za-z])", "($|[^0-9A-Za-z])"
_DIGIT_8 = "([ )-]*[0-9]){8}"

SIGNS: tuple[str, ...] = (
    f"{_EDGE}[A-Za-z][0-9]{{11}}[0-9A-Za-z]{_END}",  # UPN
    f"{_EDGE}[0-9]{{3}}[ -]?[0-9]{{3}}[ -]?[0-9]{{4}}{_END}",  # ULN, NHS number
    f"{_EDGE}[A-Za-z]{{2}}( ?[0-9]{{2}}){{3}} ?[A-Da-d]{_END}",  # NI number
    "@",  # e-mail address
    f"{_EDGE}([+]44|0)[ ()0-]*[1-9]{_DIGIT_8}",  # telephone number
    f"{_EDGE}[A-Za-z]{{1,2}}[0-9][0-9A-Za-z]? ?[0-9][A-Za-z]{{2}}{_END}",  # postcode
    f"{_EDGE}({'|'.join(_WORDS)})([Ss]|[Rr][Ee][Nn])?{_END}",  # words in the name of a group
    _any_case("intervention"),  # without that word, the topics of interventions tell nothing
)
"""For each detector, what every printable ASCII text with a sighting matches: more than it sights, never less.

A test holds them to the detectors.
"""


def suspicious(signs: Iterable[str] = SIGNS) -> str:
    """Return the one pattern that every suspect matches, codes aside."""
    return "(" + "|".join((NOT_PLAIN, *signs)) + ")"


def plain_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes that a plain text may be, in lower case, as ``reading.py`` compares them."""
    return tuple(sorted({code for each in codes if (code := each.strip().casefold()).isascii() and code}))
