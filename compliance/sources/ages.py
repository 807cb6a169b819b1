"""How old a feed is."""

from __future__ import annotations

import datetime as dt

from compliance.integrators.plain import Plain
from compliance.model.inventory import Notice
from compliance.sources.folders import local_files, root_of
from compliance.sources.registry import is_elsewhere


def changed_at(address: str) -> dt.datetime | None:
    """Return when the newest file at ``address`` was last written; None for what is no file of this machine.

    Raises ``SourceError`` when nothing stands there.
    """
    if is_elsewhere(address):
        return None
    times = [
        file.path.stat().st_mtime
        for file in local_files(root_of(address), Plain(), None)
        if not isinstance(file, Notice) and file.path
    ]
    return dt.datetime.fromtimestamp(max(times), dt.UTC) if times else None
