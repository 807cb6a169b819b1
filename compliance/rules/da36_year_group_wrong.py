"""DA36: a pupil's year group is this year's."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.findings import Hit, Input, Severity
from compliance.model.inventory import Inventory
from compliance.model.paths import FieldPath
from compliance.rules.base import Case, given, rule
from compliance.rules.found import answers, first_row, is_rolling_over, place_of
from compliance.rules.wording import counted


@rule(
    "DA36",
    "year-group-wrong",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS, Input.STORE),
    law=("UK GDPR 5(1)(d)",),
)
def year_group_wrong(case: Case) -> Iterator[Hit]:
    """A pupil's year group differs from the feed's, or lies two years or more from that of the pupil's age.

    Why:
        A stale year group puts a child before the wrong questions, the wrong results and the wrong teachers.
    Example:
        Year 9 in the store, Year 10 in the feed, on 1 October.
    Instead:
        Take the year group from the feed at each sync, and promote nobody by hand.
    Silent when:
        - The school is a special school, where years are no matter of age.
        - The year is X, N1, N2, R or 12 to 14, in which pupils of many ages are taught.
        - The day lies in the weeks in which systems roll over to the new year, 15 July to 30 September.
        - Year group and age differ by one year only.
    """
    if not is_rolling_over(case.today):
        yield from _far_from_age(case)
        yield from _other_than_feed(case)


def _far_from_age(case: Case) -> Iterator[Hit]:
    authorisation = case.declarations.authorisation
    if authorisation and "special" in authorisation.school.kind.casefold():
        return
    for key, measure in answers(given(case.store), "year_off_age"):
        rows, path = sum(measure.keys.values()), FieldPath(key.dataset)
        if rows:
            yield Hit(
                message=f"{counted(rows, 'row')} of {key.dataset} {'has' if rows == 1 else 'have'} a year group that "
                "lies two years or more from the pupil's age.",
                path=path,
                place=place_of(path, case.declarations.stored_fields),
                evidence={"dataset": key.dataset, "against": "age", "rows": rows, **first_row(measure.first_row)},
                fix="Compare them with the school's system.",
            )


def _other_than_feed(case: Case) -> Iterator[Hit]:
    for dataset, people in _contradicted(given(case.store), case.feed) if case.feed else ():
        path = FieldPath(dataset)
        yield Hit(
            message=f"{dataset} holds {counted(people, 'person', 'people')} in another year group than the feed.",
            path=path,
            place=place_of(path, case.declarations.stored_fields),
            evidence={"dataset": dataset, "against": "feed", "people": people},
            fix="Take the year group from the feed at each sync.",
        )


def _contradicted(store: Inventory, feed: Inventory) -> Iterator[tuple[str, int]]:
    """Yield each dataset of the store with the number of people whose year group the feed contradicts.

    It is the least that it can be: whoever has no year group on one of the sides contradicts nobody.
    """
    fed_people, fed_pairs = (
        {key.basis: measure.keys.keys() for key, measure in answers(feed, kind)} for kind in ("person", "person_year")
    )
    for key, measure in answers(store, "person_year"):
        person = key.basis.split("+")[0]
        here, pairs = store.measure("person", key.dataset, person), measure.keys.keys()
        there, other_pairs = fed_people.get(person), fed_pairs.get(key.basis)
        if here and there and other_pairs:
            without_year = len(here.keys) - len(pairs) + len(there) - len(other_pairs)
            people = len(here.keys.keys() & there) - len(pairs & other_pairs) - without_year
            if people > 0:
                yield key.dataset, people
