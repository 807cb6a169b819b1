"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# How long an example takes is a matter of the machine and of what else it does: no test may hang on it.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
