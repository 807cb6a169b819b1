"""Reads a large answer of an integrator and prints the peak memory of it, beside that of a small one.

    python -m benchmarks.feeds [ANSWER…] [--megabytes 20,200]

Every pupil is invented. Memory that does not grow with the file is what is to be seen; seconds are not compared.
An integrator is added by a maker of its answer in ``MAKERS``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import NamedTuple

from benchmarks.process import Limits, run

_LIMITS = Limits(seconds=1800, gigabytes=12)


Row = Mapping[str, object]


def xporter(size: int) -> Iterator[str]:
    """Yield one answer of Xporter, with its deletions and its paging at the end."""
    yield '{"Students": ['
    rows = yield from _rows(size, _xporter_row)
    paging = {"PageSize": rows, "PageNumber": 1, "PageCount": 1, "RowCount": rows}
    ends = {"Students_deleted": [{"Id": "1"}], "__pagination__": [paging], "meta": [{"Id": 1}]}
    yield "], " + json.dumps(ends)[1:]


def wonde(size: int) -> Iterator[str]:
    """Yield one answer of Wonde, with its includes in wrappers, its date objects and its paging at the end."""
    yield '{"data": ['
    yield from _rows(size, _wonde_row)
    yield '], "meta": {"pagination": {"current_page": 1, "more": false}}}'


def clever(size: int) -> Iterator[str]:
    """Yield one list of Clever's events, which carry what was withdrawn."""
    yield '{"data": ['
    yield from _rows(size, _clever_row)
    yield '], "links": []}'


def edfi(size: int) -> Iterator[str]:
    """Yield one resource of an Ed-Fi ODS."""
    yield "["
    yield from _rows(size, _edfi_row)
    yield "]"


def oneroster(size: int) -> Iterator[str]:
    """Yield one table of OneRoster, of which every hundredth row says that it is gone."""
    yield from _table(size, _oneroster_row)


def oneroster_rest(size: int) -> Iterator[str]:
    """Yield one answer of OneRoster, of which every hundredth record says that it is gone."""
    yield '{"users": ['
    yield from _rows(size, _oneroster_record)
    yield "]}"


def sds(size: int) -> Iterator[str]:
    """Yield one table of School Data Sync, with a column whose name is misspelt."""
    yield from _table(size, _sds_row)


class Maker(NamedTuple):
    """Makes an answer about pupils of about so many bytes."""

    integrator: str
    file: str
    text: Callable[[int], Iterator[str]]


MAKERS: Mapping[str, Maker] = {
    "xporter": Maker("xporter", "students.json", xporter),
    "wonde": Maker("wonde", "students.json", wonde),
    "clever": Maker("clever", "students.json", clever),
    "edfi": Maker("edfi", "students.json", edfi),
    "oneroster": Maker("oneroster", "users.csv", oneroster),
    "oneroster-rest": Maker("oneroster", "users.json", oneroster_rest),
    "sds": Maker("sds", "Student.csv", sds),
}
"""Name of an answer to its maker."""


def _rows(size: int, row_of: Callable[[int], Row]) -> Generator[str, None, int]:
    """Yield rows with commas between them until they are ``size`` characters, and return how many they are."""
    written = 0
    for number in count(1):
        row = json.dumps(row_of(number))
        yield row
        written += len(row) + 2
        if written >= size:
            return number
        yield ",\n"
    raise AssertionError


def _table(size: int, row_of: Callable[[int], Row]) -> Iterator[str]:
    """Yield a header and rows of CSV until they are ``size`` characters."""
    written = len(header := ",".join(row_of(1)) + "\n")
    yield header
    for number in count(1):
        yield (line := ",".join(map(str, row_of(number).values())) + "\n")
        written += len(line)
        if written >= size:
            return


def _oneroster_row(number: int) -> Row:
    return {
        "sourcedId": f"{number:032x}",
        "status": _status(number),
        "dateLastModified": "2026-09-01T08:00:00Z",
        "enabledUser": "true",
        "orgSourcedIds": "s1",
        "role": "student",
        "username": f"pupil{number}",
        "givenName": "Blenthy",
        "familyName": f"Zorvik{number % 5000}",
        "identifier": number,
        "email": f"pupil{number}@example.org",
        "grades": f"{7 + number % 7:02}",
        "password": f"{number % 7919:08x}",
        "metadata.locker": number % 997,
    }


def _oneroster_record(number: int) -> Row:
    org = {"href": "https://example.org/orgs/s1", "sourcedId": "s1", "type": "org"}
    return {
        "sourcedId": f"{number:032x}",
        "status": _status(number),
        "dateLastModified": "2026-09-01T08:00:00Z",
        "enabledUser": True,
        "role": "student",
        "username": f"pupil{number}",
        "userIds": [{"type": "Local", "identifier": str(number)}],
        "givenName": "Blenthy",
        "familyName": f"Zorvik{number % 5000}",
        "email": f"pupil{number}@example.org",
        "grades": [f"{7 + number % 7:02}"],
        "orgs": [org],
        "metadata": {"locker": number % 997},
    }


def _status(number: int) -> str:
    return "active" if number % 100 else "tobedeleted"


def _sds_row(number: int) -> Row:
    return {
        "ID": number,
        "School DfE Number": 1234567,
        "Frist Name": "Blenthy",
        "Last Name": f"Zorvik{number % 5000}",
        "Username": f"pupil{number}",
        "Password": f"{number % 7919:08x}",
        "Grade": 7 + number % 7,
        "Status": "Active",
        "Birthdate": _born(number),
    }


def _xporter_row(number: int) -> Row:
    return {
        "Id": str(number),
        "IdaasId": f"idaas-{number}",
        "Forename": "Blenthy",
        "Surname": f"Zorvik{number % 5000}",
        "DisplayName": f"Blenthy Zorvik{number % 5000}",
        "DateOfBirth": _born(number),
        "Gender": "FM"[number % 2],
        "YearGroup": str(7 + number % 7),
        "RegGroup": f"{7 + number % 7}H",
        "WorkEmail": f"pupil{number}@example.org",
        "PupilPremium": number % 2,
        "SENProvision": None,
        "GroupIds": ",".join(str(number % 97 + group) for group in range(8)),
        "LastUpdated": "2026-09-01T08:00:00",
        "RowHash": f"{number:032x}",
    }


def _wonde_row(number: int) -> Row:
    return {
        "id": f"A{number}",
        "upi": f"{number:032x}",
        "mis_id": str(number),
        "forename": "Blenthy",
        "surname": f"Zorvik{number % 5000}",
        "date_of_birth": {
            "date": f"{_born(number)} 00:00:00.000000",
            "timezone_type": 3,
            "timezone": "Europe/London",
        },
        "education_details": {"data": {"current_nc_year": str(number % 13), "upn": None}},
        "contacts": {"data": [{"id": f"A9{number}", "forename": "Gribbo"}]},
    }


def _clever_row(number: int) -> Row:
    pupil = {
        "id": f"{number:024x}",
        "dob": _born(number),
        "name": {"first": "Blenthy", "last": f"Zorvik{number % 5000}"},
        "email": f"pupil{number}@example.org",
    }
    event = {
        "type": "students.updated",
        "id": f"e{number}",
        "created": "2026-09-01T08:00:00Z",
        "data": {"object": {"id": pupil["id"]}, "previous_attributes": pupil},
    }
    return {"data": event, "uri": f"/v1.2/events/e{number}"}


def _edfi_row(number: int) -> Row:
    return {
        "id": f"{number:032x}",
        "studentUniqueId": str(number),
        "firstName": "Blenthy",
        "lastSurname": f"Zorvik{number % 5000}",
        "birthDate": _born(number),
        "_ext": {"school": {"houseDescriptor": "uri://example.org/HouseDescriptor#Otter"}},
        "_etag": f"{number:016x}",
        "_lastModifiedDate": "2026-09-01T08:00:00Z",
    }


def _born(number: int) -> str:
    return f"{2009 + number % 8}-0{1 + number % 9}-1{number % 10}"


def main() -> None:
    """Write the answers, read each with the command line, and print what that took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("answers", nargs="*", metavar="ANSWER", help=", ".join(MAKERS))
    parser.add_argument("--megabytes", default="20,200")
    chosen = parser.parse_args()
    if strangers := set(chosen.answers) - MAKERS.keys():
        parser.error(f"no answers are made of {', '.join(sorted(strangers))}; known: {', '.join(MAKERS)}")
    for name in chosen.answers or MAKERS:
        for megabytes in map(int, chosen.megabytes.split(",")):
            print(f"{name:<15} {megabytes:>5} MB  {_measured(name, megabytes)}", flush=True)


def _measured(name: str, megabytes: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        maker = MAKERS[name]
        path = Path(folder) / maker.file
        with path.open("w", encoding="utf-8") as out:
            out.writelines(maker.text(megabytes * 1_000_000))
        read = ["inventory", str(path), "--integrator", maker.integrator, "--jobs", "1"]
        command = [sys.executable, "-m", "compliance", *read]
        took = run(command, _LIMITS)
    if took.code:
        raise SystemExit(f"It was not read: {took.cut or took.errors.strip()}")
    return f"peak memory {took.largest:6.0f} MB  ({took.wall:.1f} s)"


if __name__ == "__main__":
    main()
