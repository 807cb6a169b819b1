"""MongoDB by a stand-in for its driver: a server cannot be had here."""

from __future__ import annotations

import datetime as dt
import sys
import uuid
from decimal import Decimal
from typing import Any

import mongomock
import pymongo
import pytest
from bson import Binary, DBRef, Decimal128, Int64, ObjectId, Regex
from pymongo.errors import OperationFailure, ServerSelectionTimeoutError

from compliance.errors import SourceError, UsageError
from compliance.inventory.batch import Batch, Piece
from compliance.model.inventory import Notice
from compliance.sources import mongodb
from compliance.sources.registry import read_source

CANARY = "Quillfeather"
ADDRESS = "mongodb://127.0.0.1:27017/school"
NAME = "127.0.0.1:27017/school"
PUPIL = ObjectId("65f000000000000000000001")
GUID = uuid.UUID("00000000-0000-4000-8000-000000000001")


def read(address: str = ADDRESS) -> list[Piece]:
    return list(read_source(address, integrator=None))


@pytest.fixture(name="school")
def _school(monkeypatch: pytest.MonkeyPatch) -> Any:
    client: Any = mongomock.MongoClient()
    kept = mongomock.Collection.find

    def find(self: Any, *_: object, batch_size: int, max_time_ms: int) -> Any:
        assert (batch_size, max_time_ms) == (mongodb.AT_ONCE, mongodb.READ_WITHIN)
        return kept(self)

    def list_collections(self: Any) -> list[dict[str, str]]:
        return [{"name": name, "type": "collection"} for name in self.list_collection_names()]

    monkeypatch.setattr(mongomock.Collection, "find", find)
    monkeypatch.setattr(mongomock.Database, "list_collections", list_collections, raising=False)
    monkeypatch.setattr(mongodb, "_client", lambda *_: client)
    return client["school"]


def test_every_collection_is_a_dataset_of_plain_values(school: Any) -> None:
    school.create_collection("empty")
    school.create_collection("system.profile")
    school["pupil"].insert_one(
        {
            "_id": PUPIL,
            "born": dt.datetime(2015, 3, 1),  # noqa: DTZ001 - MongoDB has no zones
            "fee": Decimal128("1.50"),
            "photo": Binary(b"\0\xff"),
            "marks": [{"of": PUPIL, "grade": 4.5}],
            "address": {"town": None, "flat": Int64(3)},
        }
    )
    assert read() == [
        Batch(source=NAME, dataset="empty", records=[]),
        Batch(
            source=NAME,
            dataset="pupil",
            records=[
                {
                    "_id": str(PUPIL),
                    "born": "2015-03-01 00:00:00",
                    "fee": Decimal("1.50"),
                    "photo": b"\0\xff",
                    "marks": [{"of": str(PUPIL), "grade": 4.5}],
                    "address": {"town": None, "flat": 3},
                }
            ],
        ),
    ]


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Regex("a.*"), str(Regex("a.*"))),
        (GUID, str(GUID)),
        (Binary.from_uuid(GUID), str(GUID)),
        (DBRef("pupil", PUPIL), str(DBRef("pupil", PUPIL))),
        (True, True),
        (Binary(b"abc"), b"abc"),
    ],
)
def test_what_mongodb_alone_knows_becomes_plain(value: object, plain: object) -> None:
    assert mongodb._plain(value) == plain
    assert type(mongodb._plain(value)) is type(plain)


def test_a_collection_that_may_not_be_read_is_told_and_the_others_are_read(
    school: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        school[name].insert_one({"_id": 1, "name": CANARY})
    kept = mongomock.Collection.find

    def find(self: Any, *_: object, **options: Any) -> Any:
        if self.name in {"a", "b"}:
            raise OperationFailure(f"not authorized, {CANARY}", code=13 if self.name == "a" else 50)
        return kept(self, **options)

    monkeypatch.setattr(mongomock.Collection, "find", find)
    assert read() == [
        Notice(NAME, "does not let this user read the collection 'a'", "a"),
        Notice(NAME, "was too slow: the collection 'b' was not read to its end within 600 seconds", "b"),
        Batch(source=NAME, dataset="c", records=[{"_id": 1, "name": CANARY}]),
    ]


def test_views_are_left_out(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    school["pupil"].insert_one({"_id": 1})
    both = [{"name": "pupil", "type": "collection"}, {"name": "names", "type": "view"}]
    monkeypatch.setattr(mongomock.Database, "list_collections", lambda _: both)
    assert read() == [
        Notice(NAME, "holds the view 'names', which was left out: its rows are others'"),
        Batch(source=NAME, dataset="pupil", records=[{"_id": 1}]),
    ]


@pytest.mark.parametrize(
    "failure",
    [OperationFailure(CANARY, code=18), OperationFailure(CANARY, code=2), ServerSelectionTimeoutError(CANARY)],
)
def test_a_server_that_refuses_is_told_without_its_words(
    school: Any, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    school["pupil"].insert_one({"_id": 1})

    def find(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(mongomock.Collection, "find", find)
    with pytest.raises(SourceError) as caught:
        read()
    assert str(caught.value) == (
        f"{NAME}: The server cannot be read: the driver said {type(failure).__name__}. Check the address and the "
        "network, and COMPLIANCE_MONGODB_USER and COMPLIANCE_MONGODB_PASSWORD if it asks for a password."
    )
    assert caught.value.__cause__ is None


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mongodb, "REACHED_WITHIN", 50)
    with pytest.raises(SourceError) as caught:
        read("mongodb://127.0.0.1:9/school")
    assert str(caught.value).startswith("127.0.0.1:9/school: The server cannot be read: the driver said ")


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(SourceError) as caught:
        read("mongodb://127.0.0.1:99999/school")
    assert "The server cannot be read: the driver said" in str(caught.value)


@pytest.mark.parametrize(
    "address", [f"mongodb://ann:{CANARY}@127.0.0.1/school", f"mongodb+srv://ann:{CANARY}@example.org/school"]
)
def test_a_password_in_the_address_is_a_wrong_usage(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(address)
    assert str(caught.value) == (
        "The address holds a password, which others can read in the list of processes. Take it out, and put user and "
        "password into COMPLIANCE_MONGODB_USER and COMPLIANCE_MONGODB_PASSWORD; `authSource` may stay."
    )


def test_an_address_without_a_database_is_a_wrong_usage() -> None:
    with pytest.raises(UsageError, match="The address names no database"):
        read("mongodb://127.0.0.1")


def test_user_and_password_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, object] = {}

    def client(address: str, **options: object) -> None:
        told.update(options, address=address)

    monkeypatch.setattr(pymongo, "MongoClient", client)
    monkeypatch.setenv("COMPLIANCE_MONGODB_USER", "ann")
    monkeypatch.setenv("COMPLIANCE_MONGODB_PASSWORD", CANARY)
    mongodb._client(ADDRESS)
    assert (told["address"], told["username"], told["password"]) == (ADDRESS, "ann", CANARY)
    assert told["serverSelectionTimeoutMS"] == mongodb.REACHED_WITHIN


def test_a_missing_driver_is_told_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymongo.errors", None)
    with pytest.raises(SourceError) as caught:
        read()
    assert str(caught.value) == (
        f"{NAME}: MongoDB needs the driver pymongo. Install it: `pip install 'compliance-for-schools[mongodb]'`."
    )
