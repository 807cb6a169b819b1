"""United Kingdom postcodes with a real area (LAW.md 9; RULES.md DA16)."""

from __future__ import annotations

import re

from compliance.inventory.detectors.base import (
    END,
    MATCH,
    RESERVED,
    START,
    Detector,
    Match,
    Sighting,
    Verdict,
    one_by_one,
)

_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G "
    "GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW "
    "OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC "
    "WD WF WN WR WS WV YO ZE"
)
AREAS = frozenset(_AREAS.split())
"""All 124: class codes such as Y7 1AB look like postcodes, and Y is no area."""
NO_ADDRESS = "ZZ99"
"""Begins the codes that stand for "no fixed abode" and the like, and are nobody's address."""

_OUTWARD = r"[A-Z]{1,2}[0-9](?:[0-9]|[ABCDEFGHJKMNPRSTUVWXY])?"
_INWARD = r"[0-9][ABD-HJLNP-UW-Z]{2}"
# A whole value may be written without the space and in small letters; in a text that would be a class or a room.
_SHAPE = re.compile(rf"\A\s*(?ai:{_OUTWARD} ?{_INWARD})\s*\Z|(?<![0-9A-Za-z]){_OUTWARD} {_INWARD}(?![0-9A-Za-z])")
_SIGN = f"{START}[A-Za-z]{{1,2}}[0-9][0-9A-Za-z]? ?[0-9][ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{{2}}{END}"


def _judge(match: Match) -> Sighting | None:
    told = _told(match[0])
    return Sighting(*told) if told else None


def _whole(text: str) -> tuple[Verdict, str] | None:
    return _told(text) if _SHAPE.fullmatch(text) else None


def _told(text: str) -> tuple[Verdict, str] | None:
    code = "".join(text.split()).upper()
    area = code[: 1 + code[1].isalpha()]
    if area in AREAS:
        return MATCH, code
    return (RESERVED, code) if code.startswith(NO_ADDRESS) else None


POSTCODE = Detector(id="postcode", home="postcode", sign=_SIGN, shape=_SHAPE, judge=_judge, whole=one_by_one(_whole))
