"""Whatever an answer holds: pieces or one clear error, and nothing of a person's in either."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.errors import SourceError
from compliance.integrators.base import Document, Integrator, Page
from compliance.integrators.clever import Clever
from compliance.integrators.wonde import Wonde
from compliance.inventory.batch import Batch, Piece
from compliance.model.inventory import Grant

from .conftest import Told

CANARY = "Quillfeather"
NAMES = (
    *("data", "meta", "links", "paging", "uri", "type", "object", "previous_attributes", "id", "ids", "mode"),
    *("identity", "name", "approved", "optional", "deleted_at", "restored_at", "pagination", "current_page"),
    *("more", "next", "previous", "current", "total", "count", "date", "timezone", "timezone_type"),
)
WORDS = st.sampled_from([CANARY, "students.updated", "student", "exclude", "include", "/v3.0/users/1", ""])
PLAIN = st.none() | st.booleans() | st.integers(-1, 10**12) | WORDS
VALUES: st.SearchStrategy[Any] = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=25,
)
ANSWERS = st.dictionaries(st.sampled_from(["data", "meta", "links", "paging"]), VALUES)


@pytest.mark.parametrize("integrator", [Wonde(), Clever()])
@given(answer=ANSWERS)
def test_an_answer_becomes_pieces_or_one_error(integrator: Integrator, answer: dict[str, Any]) -> None:
    pieces = read(integrator, answer)
    if isinstance(pieces, str):
        assert pieces.startswith("feed/students.json: This is no answer of")
        return
    said = [piece for piece in pieces if not isinstance(piece, Batch | Grant)]
    assert CANARY not in repr(said)


def read(integrator: Integrator, answer: dict[str, Any]) -> list[Piece | Page] | str:
    try:
        return list(integrator.read(cast("Document", Told(tops=[answer], shape="members"))))
    except SourceError as error:
        return str(error)
