"""How many processes read the data, and where they keep what they have finished."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from compliance.cli.keys import KEY_FILE, kept_key
from compliance.cli.writing import PRIVATE, make_folder, write_text
from compliance.engines.work import Keep
from compliance.errors import UsageError

PRIVATE_FOLDER = 0o700


def processes(jobs: int) -> int:
    """Return how many processes were asked for; 0 asks for as many as this process may use cores."""
    return jobs or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1))


def keep_in(folder: Path) -> Keep:
    """Return what keeps finished parts in a folder that only its owner may look into.

    Raises ``UsageError`` when the run's key is not kept: its digests would meet nothing that a later run takes.
    """
    if kept_key() is None:
        raise UsageError(
            f"--keep-parts needs a kept key in {KEY_FILE}.", hint="`compliance inventory --new-key FILE` makes one."
        )
    make_folder(folder, mode=PRIVATE_FOLDER)
    return Keep(folder, partial(write_text, mode=PRIVATE))
