"""MongoDB: every collection of a database is a dataset. Nothing is written, and nothing waits for ever."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from compliance.errors import Place, SourceError, UsageError
from compliance.integrators.batches import Row, batches
from compliance.inventory.batch import Batch
from compliance.model.inventory import Notice

if TYPE_CHECKING:
    from pymongo import MongoClient

SCHEMES = ("mongodb://", "mongodb+srv://")
USER, PASSWORD = "COMPLIANCE_MONGODB_USER", "COMPLIANCE_MONGODB_PASSWORD"
REACHED_WITHIN = 5_000
"""Milliseconds in which a server must answer the first time."""
READ_WITHIN = 600_000
"""Milliseconds that the server may work at one collection; its time between two fetches does not count."""
SILENT_FOR = 60_000
"""Milliseconds in which every further answer must come."""
AT_ONCE = 1_000
"""Documents of one answer."""

_UNAUTHORISED, _EXPIRED = 13, 50
"""Codes of a server's refusals. Source: MongoDB's manual, Error Codes."""


def is_mongodb(address: str) -> bool:
    """Whether it is the address of a MongoDB database."""
    return address.casefold().startswith(SCHEMES)


def read_mongodb(address: str) -> Iterator[Batch | Notice]:
    """Read every collection of the database that the address names; views are left out, as their rows are others'.

    Raises ``UsageError`` when the address holds a password or names no database, and ``SourceError`` when the server
    cannot be reached or refuses. A collection that may not be read, or takes too long, becomes a notice.
    """
    name, database = _parts(address)
    try:
        from pymongo.errors import PyMongoError  # noqa: PLC0415 - an extra
    except ImportError:
        raise SourceError(
            "MongoDB needs the driver pymongo.",
            hint="Install it: `pip install 'compliance-for-schools[mongodb]'`.",
            place=Place(name),
        ) from None
    try:
        with closing(_client(address)) as client:
            base = client[database]
            for each in sorted(base.list_collections(), key=lambda each: str(each["name"])):
                collection = str(each["name"])
                if each.get("type") == "view":
                    yield Notice(name, f"holds the view {collection!r}, which was left out: its rows are others'")
                elif not collection.startswith("system."):
                    yield from _collection(name, collection, base)
    except (PyMongoError, ValueError) as error:  # the latter for an address that is none
        raise SourceError(
            f"The server cannot be read: the driver said {type(error).__name__}.",
            hint=f"Check the address and the network, and {USER} and {PASSWORD} if it asks for a password.",
            place=Place(name),
        ) from None


def name_of(address: str) -> str:
    """Return the display name of an address: host and database, without who reads it."""
    return _parts(address)[0]


def _parts(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    who, _, host = parts.netloc.rpartition("@")
    if ":" in who or "password" in parts.query.casefold():
        raise UsageError(
            "The address holds a password, which others can read in the list of processes.",
            hint=f"Take it out, and put user and password into {USER} and {PASSWORD}; `authSource` may stay.",
        )
    database = parts.path.strip("/")
    if not database or "/" in database:
        raise UsageError("The address names no database.", hint="Write it as mongodb://host/database.")
    return f"{host}/{database}", database


def _client(address: str) -> MongoClient[Mapping[str, Any]]:
    """Connect so that nothing is written and nothing waits for ever."""
    from pymongo import MongoClient  # noqa: PLC0415 - an extra

    user, password = os.environ.get(USER), os.environ.get(PASSWORD)
    who: dict[str, Any] = {"username": user, "password": password} if user else {}
    return MongoClient(
        address,
        **who,
        serverSelectionTimeoutMS=REACHED_WITHIN,
        connectTimeoutMS=REACHED_WITHIN,
        socketTimeoutMS=SILENT_FOR,
        retryWrites=False,
        readPreference="secondaryPreferred",
        appname="compliance",
    )


def _collection(name: str, collection: str, base: Any) -> Iterator[Batch | Notice]:  # noqa: ANN401 - a database of any client
    from pymongo.errors import OperationFailure  # noqa: PLC0415 - an extra

    try:
        with closing(base[collection].find(batch_size=AT_ONCE, max_time_ms=READ_WITHIN)) as documents:
            yield from batches(name, _rows(collection, documents))
    except OperationFailure as error:
        match error.code:
            case code if code == _UNAUTHORISED:
                yield Notice(name, f"does not let this user read the collection {collection!r}", collection)
            case code if code == _EXPIRED:
                yield Notice(
                    name,
                    f"was too slow: the collection {collection!r} was not read to its end within "
                    f"{READ_WITHIN // 1000} seconds",
                    collection,
                )
            case _:
                raise


def _rows(collection: str, documents: Iterator[Mapping[str, Any]]) -> Iterator[Row]:
    yield Row(collection)
    for document in documents:
        yield Row(collection, {key: _plain(value) for key, value in document.items()})


def _plain(value: Any) -> object:  # noqa: ANN401 - whatever BSON holds
    """Return a value as Python has it; what MongoDB alone knows, such as an ObjectId, becomes its text."""
    from bson import Binary, Decimal128  # noqa: PLC0415 - an extra

    match value:
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case list():
            return [_plain(each) for each in value]
        case Decimal128():
            return value.to_decimal()
        case Binary(subtype=4):
            return str(value.as_uuid())
        case bytes():
            return bytes(value)  # BSON's own class of bytes says of what kind they are
        case None | str() | bool() | int() | float():
            return value
        case _:
            return str(value)
