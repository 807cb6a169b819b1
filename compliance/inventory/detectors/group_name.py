"""Words in the name of a class or group that tell something private about everybody in it (RULES.md DA19)."""

from __future__ import annotations

import re
from functools import lru_cache

from compliance.inventory.detectors.base import END, MATCH, START, Detector, Match, Sighting, any_case

ABBREVIATIONS = (
    "SEN", "SEND", "LAC", "CLA", "CIC", "CIN", "PP", "PPG", "FSM", "EAL", "EHC", "ASD", "MLD", "SLD", "GRT",
)  # fmt: skip
"""Counted in capitals only: in small letters they are too easily something else. Subject codes such as RE, PE and
HI are not among them."""

PHRASES = (
    "EHCP", "SEMH", "ADHD", "SLCN", "PMLD", "PLAC", "Autism", "Autistic", "Dyslexia", "Dyslexic", "Traveller",
    "Gypsy", "Roma", "Looked after", "Pupil premium", "Free school meal", "Young carer", "Service child",
    "Safeguarding",
)  # fmt: skip
"""Counted in any case, in the singular and in the plural."""

INTERVENTIONS = ("Speech", "Behaviour", "Anxiety", "Bereavement", "Mental health", "Self-harm", "Attachment")
"""Tell something only of a group that is an intervention."""


def _any_of(words: tuple[str, ...]) -> str:
    return "|".join(word.replace(" ", "[ -]") for word in words)


_SHAPE = re.compile(
    rf"(?<![^\W_])(?:({_any_of(ABBREVIATIONS)})|(?ai:({_any_of(PHRASES)})(?:s|ren)?|({_any_of(INTERVENTIONS)})))(?![^\W_])"
)
_INTERVENTION = re.compile(r"(?<![^\W_])(?ai:interventions?)(?![^\W_])")
_SIGN = (
    f"{START}({_any_of(ABBREVIATIONS)}|({any_case(_any_of(PHRASES))})({any_case('s|ren')})?){END}"
    f"|{any_case('intervention')}"
)


def _judge(match: Match) -> Sighting | None:
    abbreviation, phrase, topic = match.groups()
    name, is_intervention = _of_name(match.string)
    if topic and not is_intervention:
        return None
    token = (abbreviation or phrase or topic).upper().replace("-", " ")
    return Sighting(MATCH, name, token=token)


@lru_cache(maxsize=1)  # every word of a long text asks about the same text
def _of_name(text: str) -> tuple[str, bool]:
    """Return the name in its plainest spelling, and whether it is that of an intervention."""
    return " ".join(text.split()).casefold(), _INTERVENTION.search(text) is not None


GROUP_NAME = Detector(id="group_name", home=None, sign=_SIGN, shape=_SHAPE, judge=_judge)
