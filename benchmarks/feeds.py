"""Reads a large answer of an integrator and prints the peak memory of it, beside that of a small one.

    python -m benchmarks.feeds [INTEGRATOR…] [--megabytes 20,200]

Every pupil is invented. Memory that does not grow with the file is what is to be seen; seconds are not compared.
An integrator is added by a maker of its answer in ``MAKERS``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

from benchmarks.process import Limits, run

_LIMITS = Limits(seconds=1800, gigabytes=12)


def xporter(size: int) -> Iterator[str]:
    """Yield one answer of Xporter of about ``size`` bytes, with its deletions and its paging at the end."""
    yield '{"Students": ['
    written, rows = 0, 0
    for rows in count(1):
        row = json.dumps(
            {
                "Id": str(rows),
                "IdaasId": f"idaas-{rows}",
                "Forename": "Blenthy",
                "Surname": f"Zorvik{rows % 5000}",
                "DisplayName": f"Blenthy Zorvik{rows % 5000}",
                "DateOfBirth": f"{2009 + rows % 8}-0{1 + rows % 9}-1{rows % 10}",
                "Gender": "FM"[rows % 2],
                "YearGroup": str(7 + rows % 7),
                "RegGroup": f"{7 + rows % 7}H",
                "WorkEmail": f"pupil{rows}@example.org",
                "PupilPremium": rows % 2,
                "SENProvision": None,
                "GroupIds": ",".join(str(rows % 97 + group) for group in range(8)),
                "LastUpdated": "2026-09-01T08:00:00",
                "RowHash": f"{rows:032x}",
            }
        )
        yield row
        written += len(row) + 2
        if written >= size:
            break
        yield ",\n"
    paging = {"PageSize": rows, "PageNumber": 1, "PageCount": 1, "RowCount": rows}
    ends = {"Students_deleted": [{"Id": "1"}], "__pagination__": [paging], "meta": [{"Id": 1}]}
    yield "], " + json.dumps(ends)[1:]


MAKERS: Mapping[str, Callable[[int], Iterator[str]]] = {"xporter": xporter}
"""Integrator to the maker of an answer of so many bytes."""


def main() -> None:
    """Write the answers, read each with the command line, and print what that took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("integrators", nargs="*", metavar="INTEGRATOR", help=", ".join(MAKERS))
    parser.add_argument("--megabytes", default="20,200")
    chosen = parser.parse_args()
    if strangers := set(chosen.integrators) - MAKERS.keys():
        parser.error(f"no answers are made of {', '.join(sorted(strangers))}; known: {', '.join(MAKERS)}")
    for name in chosen.integrators or MAKERS:
        for megabytes in map(int, chosen.megabytes.split(",")):
            print(f"{name:<12} {megabytes:>5} MB  {_measured(name, megabytes)}", flush=True)


def _measured(name: str, megabytes: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.json"
        with path.open("w", encoding="utf-8") as out:
            out.writelines(MAKERS[name](megabytes * 1_000_000))
        command = [sys.executable, "-m", "compliance", "inventory", str(path), "--integrator", name, "--jobs", "1"]
        took = run(command, _LIMITS)
    if took.code:
        raise SystemExit(f"It was not read: {took.cut or took.errors.strip()}")
    return f"peak memory {took.largest:6.0f} MB  ({took.wall:.1f} s)"


if __name__ == "__main__":
    main()
