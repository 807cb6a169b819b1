"""Words in the name of a class or group that tell something private about everybody in it (RULES.md DA19)."""

from __future__ import annotations

import re

from compliance.inventory.detectors.base import Detector, Sighting, Verdict

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
    rf"(?<![^\W_])(?:({_any_of(ABBREVIATIONS)})|(?i:({_any_of(PHRASES)})(?:s|ren)?|({_any_of(INTERVENTIONS)})))(?![^\W_])"
)
_INTERVENTION = re.compile(r"(?<![^\W_])interventions?(?![^\W_])", re.IGNORECASE)


def _judge(match: re.Match[str]) -> Sighting | None:
    abbreviation, phrase, topic = match.groups()
    if topic and not _INTERVENTION.search(match.string):
        return None
    token = (abbreviation or phrase or topic).upper().replace("-", " ")
    name = " ".join(match.string.split()).casefold()
    return Sighting(Verdict.MATCH, name, token=token)


GROUP_NAME = Detector(id="group_name", home=None, shape=_SHAPE, judge=_judge)
