"""What Articles 9 and 10 ask of an activity: a condition and, in the United Kingdom, one of Schedule 1."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.model.vocabulary import DataClass
from compliance.reports.parts.activities import Activity
from compliance.reports.parts.sensitive import CONDITIONS, article

NOT_APPLICABLE, NONE_NAMED = "Not applicable", "None named"


def condition(activity: Activity) -> str:
    """Return the Article 9 conditions that are declared for an activity."""
    return "; ".join(dict.fromkeys(_conditions(activity))) or (NONE_NAMED if activity.is_special else NOT_APPLICABLE)


def schedule_1(activity: Activity) -> str:
    """Return the Schedule 1 conditions that are declared for an activity."""
    named = dict.fromkeys(line.request.sch1 for line in activity.lines if line.request and line.request.sch1)
    return "; ".join(named) or (NONE_NAMED if activity.is_special else NOT_APPLICABLE)


def _conditions(activity: Activity) -> Iterator[str]:
    for line in activity.lines:
        if line.data_class not in {DataClass.SPECIAL, DataClass.CRIMINAL, None}:
            continue
        stored = line.stored.art9_condition if line.stored else ""
        asked = line.request.art9_conditions if line.request else {}
        for code in (asked.get(activity.purpose.id) or asked.get("*") or stored,):
            if code:
                yield f"Article {article(code)}, {CONDITIONS.get(code, 'not listed')}"
