"""Words in texts that tell something private about somebody (RULES.md DA18).

A word is listed only when it hardly means anything else in a school: "depression" may be that of 1929, "adopted" a
plan, "Christian" and "Roma" names, Hindu festivals and refugees what is taught, and whoever "looked after" the hamster
is nobody's looked-after child.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from compliance.inventory.detectors.base import END, MATCH, START, Detector, Match, Sighting, any_case

_FAITHS = ("Catholic", "Hindu", "Jewish", "Muslim", "Sikh")
TERMS: Mapping[str, tuple[str, ...]] = {
    "health": (
        "ADHD", "Anaphylaxis", "Anaphylactic", "Anorexia", "Anorexic", "Antidepressant", "Asthma", "Asthmatic",
        "Bulimia", "CAMHS", "Cerebral palsy", "Coeliac", "Cystic fibrosis", "Diabetes", "Diabetic", "Eating disorder",
        "Epilepsy", "Epileptic", "EpiPen", "Insulin", "Panic attack", "Psychiatrist", "Self-harm", "Self-harming",
        "Suicidal", "Type 1 diabetic",
    ),
    "send": (
        "Autism", "Autistic", "Dyscalculia", "Dyslexia", "Dyslexic", "Dyspraxia", "Dyspraxic", "EHCP", "SEMH", "SLCN",
        "SEN support", "Special educational need",
    ),
    "religion": tuple(f"{verb} {faith}" for verb in ("Is", "Is a", "Are") for faith in _FAITHS),
    "ethnicity": ("Are refugee", "Asylum seeker", "Asylum-seeking", "Gypsy", "Irish Traveller", "Is a refugee"),
    "care": (
        "Care order", "Child in need", "Foster care", "Foster carer", "Foster child", "Foster father", "Foster mother",
        "Foster parent", "Looked-after child", "Social worker", "Special guardianship", "Young carer",
    ),
    "safeguarding": (
        "Child protection", "Child sexual exploitation", "Domestic abuse", "Domestic violence", "MARAC",
        "Non-molestation",
    ),
}  # fmt: skip
"""Topic to its words, which are counted in any case, in the singular and in the plural."""


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.sub("[ -]", "[ -]", word) for word in words)


def _by_first_letter(words: Iterable[str]) -> str:
    """Spell words so that at most one branch is looked into at each place of a text."""
    letters = groupby(sorted(words, key=str.casefold), key=lambda word: word[0].casefold())
    return "|".join(f"{letter}(?:{_any_of(word[1:] for word in of_letter)})" for letter, of_letter in letters)


_TOPIC_OF = {word.casefold().replace("-", " "): topic for topic, words in TERMS.items() for word in words}
_LETTERS = "".join(sorted({word[0] for word in _TOPIC_OF}))
_ALL = tuple(word for words in TERMS.values() for word in words)
_SHAPE = re.compile(
    rf"(?<![^\W_])(?=[{_LETTERS}{_LETTERS.upper()}])(?ai:({_by_first_letter(_ALL)})(?:s|ren)?)(?![^\W_])"
)
_SIGN = f"{START}({any_case(_any_of(_ALL))})({any_case('s|ren')})?{END}"


def _judge(match: Match) -> Sighting:
    word = match[1].casefold().replace("-", " ")
    return Sighting(MATCH, word, token=_TOPIC_OF[word])


SPECIAL_TERMS = Detector(id="special_terms", home=None, sign=_SIGN, shape=_SHAPE, judge=_judge)
