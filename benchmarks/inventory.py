"""How fast an inventory is taken, against bare decoding of the same bytes in the same run.

    python benchmarks/inventory.py [RECORDS]

Prints CPU seconds, the ratio to the baseline (``msgspec`` decoding every line and keeping nothing) and the peak
memory of each as a process of its own. Ratios travel between machines; seconds do not.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RECORDS = 100_000
FIELDS = 60


def write(path: Path, records: int) -> None:
    """Write invented records of about 1.4 kB, with one key that stands in one row only."""
    draw = random.Random(1)  # noqa: S311 - not a secret
    with path.open("w", encoding="utf-8") as out:
        for number in range(records):
            record: dict[str, object] = {f"field_{i}": draw.randrange(10**6) for i in range(FIELDS // 3)}
            record |= {f"text_{i}": f"value {draw.randrange(10**4)}" for i in range(FIELDS // 3)}
            record |= {"nested": {f"flag_{i}": draw.random() < 0.5 for i in range(FIELDS // 3)}}  # noqa: PLR2004
            if number == records // 2:
                record["only_once"] = True
            out.write(json.dumps(record) + "\n")


def baseline(path: str) -> None:
    """Decode every line and keep nothing."""
    import msgspec  # noqa: PLC0415 - part of what is measured

    decode = msgspec.json.Decoder().decode
    with Path(path).open("rb") as lines:
        for line in lines:
            decode(line)


def inventory(path: str) -> None:
    """Take the inventory as ``compliance inventory`` does."""
    import datetime as dt  # noqa: PLC0415 - part of what is measured

    from compliance.inventory.measures import InventoryPlan  # noqa: PLC0415
    from compliance.inventory.take import take_inventory  # noqa: PLC0415
    from compliance.model.vocabulary import EMPTY_VOCABULARY  # noqa: PLC0415
    from compliance.sources.registry import read_source  # noqa: PLC0415

    plan = InventoryPlan(at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), key=b"0" * 32)
    taken = take_inventory(read_source(path, integrator=None), plan, EMPTY_VOCABULARY)
    found = sum("only_once" in str(field) for dataset in taken.datasets.values() for field in dataset.fields)
    if found != 1:
        raise SystemExit("the key that stands in one row was missed")


def measure(what: str, path: Path) -> tuple[float, float]:
    """Run one side in a process of its own; return CPU seconds and peak megabytes."""
    run = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, __file__, what, str(path)], check=True, capture_output=True, text=True
    )
    seconds, megabytes = run.stdout.split()
    return float(seconds), float(megabytes)


def main() -> None:
    """Print the figures of both sides, the median of three interleaved runs."""
    if len(sys.argv) == 3:  # noqa: PLR2004 - a side and its file
        {"baseline": baseline, "inventory": inventory}[sys.argv[1]](sys.argv[2])
        print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)  # noqa: T201
        return
    records = int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pupils.jsonl"
        write(path, records)
        size = path.stat().st_size / 1e6
        runs = [(measure("baseline", path), measure("inventory", path)) for _ in range(3)]
    base, ours = (sorted(run[side] for run in runs)[1] for side in (0, 1))
    print(f"{records:,} records, {size:.0f} MB of JSON Lines")  # noqa: T201
    print(f"baseline (bare decoding)  {base[0]:6.2f} s CPU  1.0   {base[1]:5.0f} MB peak")  # noqa: T201
    print(f"inventory                 {ours[0]:6.2f} s CPU  {ours[0] / base[0]:.1f}   {ours[1]:5.0f} MB peak")  # noqa: T201


if __name__ == "__main__":
    main()
