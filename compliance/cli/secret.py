"""The secret of a live pull: from the environment or a private file, never from the command line."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from compliance.errors import Place, UsageError

SECRET, SECRET_FILE = "COMPLIANCE_SECRET", "COMPLIANCE_SECRET_FILE"
_LONGEST = 4096


def pull_secret() -> str:
    """Return the secret. Raises ``UsageError`` when there is none, or others may read its file."""
    name = os.environ.get(SECRET_FILE)
    secret = _kept(Path(name)) if name else os.environ.get(SECRET, "").strip()
    if not secret:
        raise UsageError(
            "There is no secret to pull with.", hint=f"Put it into a private file and name it in {SECRET_FILE}."
        )
    return secret


def _kept(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            text = stream.read(_LONGEST).decode("utf-8", "replace").strip()
    except OSError as error:
        raise UsageError(
            f"The file of {SECRET_FILE} cannot be read: {error.strerror}.", hint="Put it right.", place=Place(str(path))
        ) from None
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise UsageError(
            f"The file of {SECRET_FILE} may be read or changed by others than its owner.",
            hint="Run `chmod 600` on it.",
            place=Place(str(path)),
        )
    return text
