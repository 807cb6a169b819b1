"""XS12: every row about a person can be found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from compliance.model.declarations import StoredDataset
from compliance.model.findings import Hit, Input, Severity
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import Subject
from compliance.rules.base import Case, given, rule
from compliance.rules.classes import most_careful
from compliance.rules.kept import KeptField, kept_fields

PEOPLE = frozenset({Subject.PUPIL, Subject.CONTACT, Subject.STAFF})


@rule(
    "XS12",
    "join-key-missing",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS,),
    law=("UK GDPR 15", "UK GDPR 17", "UK GDPR 28(3)(e)"),
)
def join_key_missing(case: Case) -> Iterator[Hit]:
    """A dataset about people has no key of the person, and no way to one through another dataset.

    Why:
        Who asks for a copy, or to be erased, is looked up by a key. A table without one is left out of every answer,
        and stays when everything else is gone.
    Example:
        The dataset "survey_answer" is about pupils and names neither "person_key" nor "belongs_to".
    Instead:
        Name the column under "person_key", or under "belongs_to" the column, and where it is found.
    Silent when:
        - The dataset names the person's key, or the way to one (belongs_to).
        - No row stands for fewer people than a smallest group that is declared (smallest_group).
        - The dataset is about classes or the school, and no field of it about a person.
    """
    datasets = {dataset.name: dataset for dataset in given(case.declarations.stored_fields).datasets}
    of_people: defaultdict[str, list[KeptField]] = defaultdict(list)
    for kept in kept_fields(case):
        if (kept.dataset.subject or kept.field.subject) in PEOPLE:
            of_people[kept.dataset.name].append(kept)
    for name, fields in of_people.items():
        dataset = datasets[name]
        if dataset.smallest_group is None and not _finds_a_person(dataset, datasets):
            yield Hit(
                message=f"{name} is about people, and nothing says by which key a row finds its person.",
                path=FieldPath(name),
                place=dataset.place,
                data_class=most_careful(kept.data_class for kept in fields),
                evidence={"dataset": name},
                fix="Name the column under person_key, or the way to one under belongs_to.",
            )


def _finds_a_person(
    dataset: StoredDataset, datasets: Mapping[str, StoredDataset], passed: frozenset[str] = frozenset()
) -> bool:
    """Whether the dataset, or one to which it leads, has a person's key. A way in a circle leads nowhere."""
    if dataset.person_key:
        return True
    ways = {path.dataset for path in dataset.belongs_to.found_in} if dataset.belongs_to else set()
    beyond = passed | {dataset.name}
    return any(_finds_a_person(datasets[way], datasets, beyond) for way in sorted((ways - beyond) & datasets.keys()))
