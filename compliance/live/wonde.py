"""Wonde: a bearer token for one school, its grant, then a page after the other (INTEGRATORS.md, section 3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from compliance.integrators.wonde_aside import DATASETS
from compliance.live.base import Answer, Numbers, Pull, Unasked, Unsent
from compliance.live.connection import Call, Connection, Got
from compliance.live.pages import Pages, no_records, rows_in
from compliance.live.tokens import Tokens
from compliance.model.paths import EACH, FieldPath

PER_PAGE = 200
ENDPOINTS = frozenset(DATASETS.values())
"""Endpoints, each called like the dataset that it sends."""
INCLUDES = frozenset(
    {
        *("classes", "contact_details", "contacts", "doctors", "education_details", "employees", "employment_details"),
        *("exclusions", "extended_details", "groups", "medical_conditions", "medical_events", "medical_notes", "photo"),
        *("sen_needs", "students", "subject", "user_defined_fields"),
    }
)
"""Related objects that come only where they are asked for."""


class WondeClient:
    """Asks Wonde."""

    schools = Numbers(
        pattern="A[0-9]+",
        label="Wonde's number of it",
        hint="Give the number that begins with A, or an authorisation that has it under also_known_as.",
    )
    hosts = MappingProxyType({"data": "https://api.wonde.com"})

    def answers(self, connection: Connection, pull: Pull) -> Iterator[Answer | Unasked | Unsent]:
        """Yield what the school approved, whom it keeps out, and every page of every endpoint that is needed."""
        tokens = Tokens(connection, "Bearer", lambda: pull.secret)
        about = Call(host="data", path=f"/v1.0/meta/schools/{pull.school}")
        pages = [
            got.body for got in _pages(connection, tokens, replace(about, path=f"{about.path}/permissions"), "identity")
        ]
        yield Answer(name=f"{pull.school}/permissions.json", body=b"\n".join(pages))
        people = tokens.ask(replace(about, path=f"{about.path}/acl", query={"with_user_type": "true"}))
        if not isinstance(people.found.get("data"), dict | list):
            raise no_records(connection, about)
        yield Answer(name=f"{pull.school}/acl.json", body=people.body)
        yield from (Unsent(option=option) for option in sorted(set(pull.options)))
        yield from (Unasked(dataset=dataset) for dataset in sorted(pull.datasets - ENDPOINTS))
        for dataset in sorted(pull.datasets & ENDPOINTS):
            call = Call(
                host="data", path=f"/v1.0/schools/{pull.school}/{dataset}", query=_included(pull.fields, dataset)
            )
            for number, got in enumerate(_pages(connection, tokens, call, "id"), start=1):
                yield Answer(name=f"{pull.school}/{dataset}-{number}.json", body=got.body)


def _included(fields: Iterable[FieldPath], dataset: str) -> dict[str, str]:
    """Return what to ask for so that related objects come in which fields of ``dataset`` stand."""
    wanted = {include for path in fields if path.dataset == dataset if (include := _include(path))}
    return {"include": ",".join(sorted(wanted))} if wanted else {}


def _include(path: FieldPath) -> str:
    """Return the related objects on the way to a field, the outermost first, joined as Wonde joins them."""
    names = [name for name in path.names[:-1] if name != EACH]
    end = next((number for number, name in enumerate(names) if name not in INCLUDES), len(names))
    return ".".join(names[:end])


def _pages(connection: Connection, tokens: Tokens, call: Call, key: str) -> Iterator[Got]:
    """Yield every page of one endpoint, each once. Raises ``SourceError`` when they are not one whole."""
    pages = Pages(connection, call)
    more = True
    while more:
        before, so_far = pages.last, pages.rows
        got, ids = _records(connection, tokens, call, key, page=pages.number + 1, size=PER_PAGE)
        pages.add(ids)
        number, more = _paging(got.found)
        pages.check(is_so=number == pages.number)
        if before and ids:
            pages.check(is_so=_records(connection, tokens, call, key, page=so_far, size=1)[1] == [before])
        yield got


def _records(
    connection: Connection, tokens: Tokens, call: Call, key: str, *, page: int, size: int
) -> tuple[Got, list[object]]:
    """Return one page of so many records, and their ids."""
    got = tokens.ask(replace(call, query={**call.query, "per_page": str(size), "page": str(page)}))
    ids = rows_in(got.found, "data", key)
    if ids is None or _paging(got.found)[0] < 1:
        raise no_records(connection, call)
    return got, ids


def _paging(found: dict[str, Any]) -> tuple[int, bool]:
    """Return the number of the page and whether another follows; 0 when the answer does not say it in known words."""
    meta = found.get("meta")
    match meta.get("pagination") if isinstance(meta, dict) else None:
        case None:
            return 1, False
        case {"current_page": int(number), "more": bool(more)}:
            return number, more
        case _:
            return 0, False
