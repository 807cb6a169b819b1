"""DA42: as many people are in the store as the school has."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.declarations import Declarations
from compliance.model.findings import Hit, Input, Severity
from compliance.model.inventory import MeasureKey
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import Subject
from compliance.rules.base import Case, given, rule
from compliance.rules.found import answers, dataset_of, is_rolling_over, is_whole
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
        - The day lies in the weeks in which systems roll over to the new year, 15 July to 30 September.
        - The feed does not name everybody: rows are missing, or say only that nothing changed.
        - The difference is 5 people or fewer, or 2% or less.
    """
    feed = given(case.feed)
    fed = {key.basis: key for key, _ in answers(feed, "person")}
    if is_rolling_over(case.today):
        return
    for key, measure in answers(given(case.store), "person"):
        source = fed.get(key.basis)
        if source is None or not is_whole(feed, source.dataset) or not feed.measures[source].keys:
            continue
        held, named = len(measure.keys), len(feed.measures[source].keys)
        path = FieldPath(key.dataset)
        if abs(held - named) > max(FEWEST, SHARE * named) and (held > named or not _is_part(key, case.declarations)):
            dataset = dataset_of(path, case.declarations.stored_fields)
            yield Hit(
                message=f"{key.dataset} holds {counted(held, 'person', 'people')}, and the feed names {named}.",
                path=path,
                place=dataset.place if dataset else None,
                evidence={"dataset": key.dataset, "people": held, "in_feed": named},
                fix="Find out who is too many or missing, and whether the sync erases and adds.",
            )


def _is_part(key: MeasureKey, declarations: Declarations) -> bool:
    """Whether a dataset is meant to hold some of the people only."""
    dataset = dataset_of(FieldPath(key.dataset), declarations.stored_fields)
    population = POPULATIONS.get(dataset.subject, "") if dataset and dataset.subject else ""
    asked, authorisation = declarations.permission_set, declarations.authorisation
    is_narrowed = asked is not None and asked.populations.get(population, "all") not in EVERYBODY
    return is_narrowed or (authorisation is not None and authorisation.default == "exclude")
