"""Data items: what a field means, whoever names it and however."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class DataClass(StrEnum):
    """How much care a data item needs, least first.

    ``special`` is Article 9, ``criminal`` Article 10; ``treat_as_special`` is DfE best practice
    (safeguarding, pupil premium, SEND, children in need) and what we treat alike (looked after, free school
    meals); ``sensitive`` is a risk
    or a proxy, such as home language; ``ordinary`` is every other personal data.
    ``not_personal`` says nothing about a person, such as a row hash.
    """

    NOT_PERSONAL = "not_personal"
    ORDINARY = "ordinary"
    SENSITIVE = "sensitive"
    TREAT_AS_SPECIAL = "treat_as_special"
    CRIMINAL = "criminal"
    SPECIAL = "special"

    @property
    def rank(self) -> int:
        """How far up the scale of care the class stands, from 0."""
        return _RANKS[self]

    @property
    def needs_care(self) -> bool:
        """Whether the law or the DfE asks for more than for ordinary data."""
        return self.rank >= DataClass.TREAT_AS_SPECIAL.rank


_RANKS = {each: rank for rank, each in enumerate(DataClass)}


class Subject(StrEnum):
    """Whom a data item is about."""

    PUPIL = "pupil"
    CONTACT = "contact"
    STAFF = "staff"
    GROUP = "group"
    """A class or another group of pupils."""
    SCHOOL = "school"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code of a code set."""

    code: str
    label: str
    retired: bool = False
    """Kept only to recognise old data, such as SEN provision ``S``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSet:
    """The values a coded data item may have."""

    id: str
    label: str
    authority: str
    """Who publishes it and under what number, such as ``DfE CBDS CS096``."""
    version: str
    """The edition of the authority's publication."""
    reveals: bool
    """Whether a column full of these codes tells something that needs care (DA20)."""
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataItem:
    """An entry of the vocabulary."""

    id: str
    label: str
    """Plain English, as a parent would say it."""
    subject: Subject
    data_class: DataClass
    group: str
    """The item group it is listed under: the DfE's way of describing what a school holds."""
    explanation: str
    """One or two plain sentences: what it is, and what it can tell about a person."""
    code_set: str | None = None
    """Id of the code set its values come from."""
    format: str | None = None
    """What shape its values have: ``upn``, ``uln``, ``nhs_number``, ``ni_number``, ``email``, ``phone``,
    ``postcode``, ``date``, ``identifier`` or ``name``. A detector is silent in a field of its own format."""
    free_text: bool = False
    """Whether somebody writes sentences into it."""
    aliases: tuple[str, ...] = ()
    """Other names by which people look for it."""
    dpv: tuple[str, ...] = ()
    """Terms of the W3C Data Privacy Vocabulary 2.3, such as ``pd:EthnicOrigin``."""
    fideslang: str = ""
    """Key of the fideslang taxonomy; a trailing ``+`` asks for a child of our own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDetector:
    """A kind of identifier that a vocabulary adds to those that the program knows."""

    id: str
    label: str
    pattern: str
    """What one looks like, as ``inventory.detectors.own`` reads it."""
    check: str = "none"
    """Name of the check digits or letters that it has."""
    context: tuple[str, ...] = ()
    """Words that name it when they stand within forty characters."""
    reserved: str = ""
    """What published examples look like, which are nobody's; empty when there are none."""
    home: str | None = None
    """The ``format`` of data items that are meant to hold it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The data items, code sets and further detectors of one country."""

    id: str
    version: str
    groups: Mapping[str, str]
    """Item group id to its label, in the order in which documents list them."""
    items: Mapping[str, DataItem]
    code_sets: Mapping[str, CodeSet]
    detectors: Mapping[str, OwnDetector] = field(default_factory=dict)


EMPTY_VOCABULARY = Vocabulary(
    id="none",
    version="0",
    groups=MappingProxyType({}),
    items=MappingProxyType({}),
    code_sets=MappingProxyType({}),
)
