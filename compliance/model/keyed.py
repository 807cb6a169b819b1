"""Small maps: objects keyed by people or codes that have too few keys to stand out by their number alone.

Thirty pupils of one class make thirty keys, as a record with thirty fields does. Two signs tell them apart. What
stands under the keys of a map is of one make, and what stands under the fields of a record is not; and the keys read
like names of people. Which object is a map follows from the fields of an inventory alone, so that it does not matter
who took it. What was found to be a map in any part is one in the sum, as ``<key>`` takes in whatever stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from compliance.model.inventory import DatasetProfile, FieldProfile, Inventory
from compliance.model.maps import KEYED
from compliance.model.paths import EACH, FieldPath, join, steps_of, unescape

ALIKE = 10
"""Keys over members of one make that are no record's fields: a week has 7 days, and half a year 6 half terms."""
NAMES = 20
"""Keys over plain values of one kind, of which more than half read like names of people, that are no record's fields:
a small class."""

_NESTED = frozenset({"object", "array"})
_WORD = r"[^\W\d_a-z][^\W\d_]*[a-zß-ÿ][^\W\d_]*(?:['\u2019-][^\W\d_]+)*"
_NAME = re.compile(rf"{_WORD}(?:,? {_WORD}){{1,3}}")
"""Two to four words with capitals, as in ``Blenthy Zorvik`` or ``Zorvik, Blenthy``."""
_OF_FIELDS = frozenset(
    re.findall(
        r"\w+",
        """
        academic achievement active address admission adult age amount arts assessment attainment attendance average
        base behaviour birth boarder boarding business care category class code comment computer contact count
        country county course current data date day days design destination drama education effort eligible email end
        english entitled entry ethnic ethnicity exam eye family first flag food forename form former free further
        gender geography given grade group head health history home hours house identifier in indicator key language
        last leaving legal level lines literature local lunch marital mark maths meal meals media medical middle
        mobile mode modern month name national nationality need needs nhs note notes number of other parent parental
        percentage period phone photo physical place post postcode predicted preferred premium previous provision
        pupil qualification reading reason record reference registration relation relationship religion religious
        result role room school science score senior service session sex sixth social source staff start status
        street student studies subject support surname system target teacher technology telephone term test text time
        title total town tutor type unique unit value work writing year
        """,
    )
)
"""Words of which names of fields and of subjects are made in school exports; no people are called so, or few."""

_Below = Mapping[tuple[str, ...], FieldProfile]


def finished(inventory: Inventory) -> Inventory:
    """Let one step stand for all keys of every small map. To finish what is finished changes nothing."""
    return replace(inventory, datasets={name: _dataset(each) for name, each in inventory.datasets.items()})


def _dataset(dataset: DatasetProfile) -> DatasetProfile:
    if not dataset.fields:
        return dataset
    name = next(iter(dataset.fields)).dataset
    below = _finished({steps_of(path.field): profile for path, profile in dataset.fields.items()}, dataset.rows)
    if len(below) == len(dataset.fields):
        return dataset
    fields = {FieldPath(name, _text(steps)): profile for steps, profile in below.items()}
    return replace(dataset, fields=dict(sorted(fields.items())))


def _finished(below: _Below, rows: int | None = None) -> _Below:
    """Finish what stands below a field, given by its further steps; the empty steps are the field itself.

    ``rows`` are those of a dataset, and None further down.
    """
    members: dict[str, dict[tuple[str, ...], FieldProfile]] = {}
    for steps, profile in below.items():
        if steps:
            members.setdefault(steps[0], {})[steps[1:]] = profile
    inner = {step: _finished(rest) for step, rest in members.items()}
    keys = inner.keys() - {EACH}
    if KEYED not in keys and not _is_map({key: inner[key] for key in keys}, rows):
        return _joined(below, inner)
    merged: dict[tuple[str, ...], list[FieldProfile]] = {}
    for key in sorted(keys):
        for rest, profile in inner[key].items():
            merged.setdefault(rest, []).append(profile)
    one = {rest: FieldProfile.total(profiles) for rest, profiles in merged.items()}
    others = {EACH: inner[EACH]} if EACH in inner else {}
    return _joined(below, {**others, KEYED: _finished(one)})


def _joined(below: _Below, inner: Mapping[str, _Below]) -> _Below:
    own = {(): below[()]} if () in below else {}
    return own | {(step, *rest): profile for step, each in inner.items() for rest, profile in each.items()}


def _is_map(members: Mapping[str, _Below], rows: int | None) -> bool:
    return _are_alike(members) or (not _are_columns(members, rows) and _are_names(members))


def _are_columns(members: Mapping[str, _Below], rows: int | None) -> bool:
    """Whether these may be the columns of a table: every row has every one."""
    return rows is not None and all(_present(each) == rows for each in members.values())


def _present(member: _Below) -> int:
    return member[()].present if () in member else 0


def _are_alike(members: Mapping[str, _Below]) -> bool:
    """Whether enough members hold fields, half of all that any of them holds on average, and hardly one holds none."""
    makes = [make for each in members.values() if (make := each.keys() - {()})]
    plain = sum(len(each) == 1 and bool(_kinds(each)) for each in members.values())
    if len(makes) < ALIKE or ALIKE * plain > len(members):
        return False
    return 2 * sum(map(len, makes)) >= len(makes) * len(set().union(*makes))


def _are_names(members: Mapping[str, _Below]) -> bool:
    """Whether there are enough keys, more than half of which read like names, over plain values of one kind."""
    if len(members) < NAMES:
        return False
    kinds = {kinds for each in members.values() if (kinds := _kinds(each))}
    names = sum(_reads_like_a_name(unescape(key)) for key in members)
    return 2 * names > len(members) and len(kinds) == 1 and _NESTED.isdisjoint(*kinds)


def _kinds(member: _Below) -> frozenset[str]:
    return frozenset(member[()].types) if () in member else frozenset()


def _reads_like_a_name(key: str) -> bool:
    return bool(_NAME.fullmatch(key)) and _OF_FIELDS.isdisjoint(re.split(r"[ ,'\u2019-]+", key.casefold()))


def _text(steps: Sequence[str]) -> str:
    text = ""
    for step in steps:
        text = join(text, step)
    return text
