"""What an engine is given: how every part is folded, and how the work is shared out. Cheap to import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from compliance.integrators.base import Integrator
from compliance.inventory.measures import InventoryPlan
from compliance.model.vocabulary import Vocabulary

Progress = Callable[[str, int], None]
"""Told the display name of a source and how many of its records have been read so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How every part is folded."""

    plan: InventoryPlan
    vocabulary: Vocabulary
    integrator: Integrator
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Keep:
    """Where finished parts are kept, and who writes them."""

    folder: Path
    write: Callable[[Path, str], None]
    """Writes a private file, whole or not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How the work is shared out; it does not change what comes out."""

    jobs: int = 1
    """Processes."""
    keep: Keep | None = None
    progress: Progress | None = None
