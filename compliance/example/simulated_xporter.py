"""Xporter on Demand, simulated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from compliance.example import numbers
from compliance.example.draft import Draft
from compliance.example.feed import ERROR_ANSWER, answers
from compliance.example.site import SECRET, Asked, Reply

_STEMS: Mapping[str, str] = MappingProxyType(
    {"Students": "students", "Staff": "staff", "Groups": "groups", "SchoolInfo": "school_info"}
)


class XporterSite:
    """Answers as ``/api/v1`` does."""

    school = numbers.LAESTAB
    scheme = "Idaas"
    has_tokens = True
    refusal = Reply({"Message": "Refused", "ExceptionType": "Refused"})
    error = ERROR_ANSWER

    def __init__(self, draft: Draft) -> None:
        self._answers = answers(draft.school, draft.agreement)

    def knows(self, _: str, body: str) -> bool:
        """Whether the body holds the secret."""
        return bool(json.loads(body).get("password") == SECRET)

    def token(self, token: str) -> object:
        """Return the answer of ``GetToken``."""
        return {"token": token, "expires": "", "Message": None, "ExceptionMessage": None}

    def page(self, asked: Asked) -> int | None:
        """Return the number of the page."""
        return asked.number("page", 1) if "/School/" in asked.path else None

    def answer(self, asked: Asked, *, repeats: bool, shrunk: bool) -> Reply | None:
        """Return one answer, or one page of an endpoint."""
        match asked.path.strip("/").split("/"):
            case ["api", "v1", "TokenDetails"]:
                return Reply(self._answers["token_details.json"])
            case ["api", "v1", "GDPRIDs"]:
                return Reply(self._answers["gdpr_ids.json"])
            case ["api", "v1", "School", self.school, endpoint]:
                found = self._page(endpoint, 1 if repeats else asked.number("page", 1))
                return Reply(_shrunk(found) if shrunk and found else found) if found else None
            case _:
                return None

    def _page(self, endpoint: str, number: int) -> Mapping[str, object] | None:
        stem = _STEMS.get(endpoint)
        alone = self._answers.get(f"{stem}.json") if number == 1 else None
        return self._answers.get(f"{stem}_{number}.json") or alone


def _shrunk(found: Mapping[str, Any]) -> object:
    (paging,) = found["__pagination__"]
    return {**found, "__pagination__": [{**paging, "RowCount": paging["RowCount"] - 1}]}
