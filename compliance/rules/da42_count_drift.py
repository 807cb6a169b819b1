"""DA42: as many people are in the store as the school has."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import Declarations, StoredDataset
from compliance.model.findings import Hit, Input, Severity
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import Subject
from compliance.rules.base import Case, given, rule
from compliance.rules.found import answers, dataset_of, is_rolling_over
from compliance.rules.wording import counted

SHARE = 0.02
FEWEST = 5
"""Differences up to the greater of the two happen between one sync and the next."""
EVERYBODY = frozenset({"all", "on_roll"})
"""Populations that leave nobody out."""
POPULATIONS = {Subject.PUPIL: "pupils", Subject.STAFF: "staff", Subject.CONTACT: "contacts"}


@rule(
    "DA42",
    "count-drift",
    Severity.WARNING,
    needs=(Input.STORED_FIELDS, Input.FEED, Input.STORE),
    law=("UK GDPR 5(1)(c)", "UK GDPR 5(1)(d)"),
)
def count_drift(case: Case) -> Iterator[Hit]:
    """The store holds many more people than the feed, or many fewer: over 2% and over 5 people.

    Why:
        Whoever is there without being on the roll has left, or never belonged there; whoever is missing is taught
        by results that leave them out. A count that drifts is the first sign of a sync that no longer erases or adds.
    Example:
        The feed names 420 pupils; the table "pupil" holds 440.
    Instead:
        Find out who is too many or missing, and whether the sync erases and adds.
    Silent when:
        - The store holds fewer, because the app asks for some of the people only (populations) or the school lets in
          only those whom it names.
        - The dataset holds fewer, because it is no list of people but of what some of them did (no name_columns).
        - The day lies in the weeks in which systems roll over to the new year, 15 July to 30 September.
        - The feed does not name everybody: rows are missing, or those that say only that nothing changed make up for
          the difference.
        - The dataset is the app's list of people who were erased (lists_erased).
        - The difference is 5 people or fewer, or 2% or less.
    """
    feed, store = given(case.feed), given(case.store)
    fed = {key.basis: key for key, _ in answers(feed, "person")}
    if is_rolling_over(case.today):
        return
    for key, measure in answers(store, "person"):
        source = fed.get(key.basis)
        if source is None or source.dataset in feed.incomplete or not feed.measures[source].keys:
            continue
        path = FieldPath(key.dataset)
        dataset = dataset_of(path, case.declarations.stored_fields)
        if dataset is None or dataset.lists_erased:
            continue
        held, named = len(measure.keys), len(feed.measures[source].keys)
        unnamed = feed.datasets[source.dataset].bare if source.dataset in feed.datasets else 0
        drift = max(held - named - unnamed, named - held)
        is_meant = held < named and (key.dataset in store.incomplete or _is_part(dataset, case.declarations))
        if drift > max(FEWEST, SHARE * named) and not is_meant:
            yield Hit(
                message=f"{key.dataset} holds {counted(held, 'person', 'people')}, and the feed names {named}.",
                path=path,
                place=dataset.place,
                evidence={"dataset": key.dataset, "people": held, "in_feed": named},
                fix="Find out who is too many or missing, and whether the sync erases and adds.",
            )


def _is_part(dataset: StoredDataset, declarations: Declarations) -> bool:
    """Whether a dataset is meant to hold some of the people only."""
    population = POPULATIONS.get(dataset.subject, "") if dataset.subject else ""
    asked, authorisation = declarations.permission_set, declarations.authorisation
    is_narrowed = asked is not None and asked.populations.get(population, "all") not in EVERYBODY
    lets_few_in = authorisation is not None and authorisation.default == "exclude"
    return is_narrowed or lets_few_in or not dataset.name_columns
