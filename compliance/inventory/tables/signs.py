"""Which texts of a column are *suspects*: those on which only the kernel has the last word.

All that is left, the *plain* texts, are printable ASCII without blanks at their ends, begin no JSON, show no sign of a
detector and are no code. Of these every engine and Python say the same: length, lower case, bytes, digest. So nothing
hangs on a database's encoding, its idea of a blank or of a letter.

Signs are spelled so that POSIX, RE2, Java, ICU and PCRE read them alike: no backslash, no look-around.
"""

from __future__ import annotations

from collections.abc import Iterable

NOT_PLAIN = "[^ -~]|^[^!-Z^-z|-~]| $|^$"
"""Holds more than printable ASCII, has blanks at its ends, is empty, or may be a JSON object or array.

The second says "begins with a blank, a bracket or a brace" without naming a bracket, which Java and POSIX would each
want written in another way.
"""


def suspicious(signs: Iterable[str]) -> str:
    """Return the one pattern that every suspect matches, codes aside."""
    return "(" + "|".join((NOT_PLAIN, *signs)) + ")"


def plain_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes that a plain text may be, in lower case, as ``reading.py`` compares them."""
    return tuple(sorted({code for each in codes if (code := each.strip().casefold()).isascii() and code}))
