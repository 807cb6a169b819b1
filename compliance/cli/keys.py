"""The key of a run's digests: chance, unless somebody keeps one."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import stat
from pathlib import Path

from compliance.cli.writing import write_new
from compliance.errors import Place, UsageError

KEY_FILE = "COMPLIANCE_KEY_FILE"
"""Environment variable that names the file of a kept key. The key itself never stands in a command or a variable."""
_SIZE = 32
_HINT = "`compliance inventory --new-key FILE` makes one."


def run_key() -> bytes:
    """Return the key of a run whose digests stay in the program.

    It is the kept one, or what follows from ``SOURCE_DATE_EPOCH`` for a reproducible run, or chance.
    Raises ``UsageError`` when the kept key cannot be used.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return kept_key() or (hashlib.sha256(epoch.encode()).digest() if epoch else secrets.token_bytes(_SIZE))


def batch_key(moment: str) -> bytes:
    """Return the key of a batch that speaks of ``moment``, so that it goes on as it began.

    It is the kept one, or what follows from the moment: no digest leaves the program. Raises ``UsageError`` when the
    kept key cannot be used.
    """
    return kept_key() or hashlib.sha256(moment.encode()).digest()


def saving_key() -> bytes:
    """Return the key of a run whose digests are saved: the kept one, or chance.

    What follows from ``SOURCE_DATE_EPOCH`` can be guessed, and then so can the people behind the digests.
    Raises ``UsageError`` when the kept key cannot be used.
    """
    return kept_key() or secrets.token_bytes(_SIZE)


def kept_key() -> bytes | None:
    """Return the key in the file that ``COMPLIANCE_KEY_FILE`` names, if it names one. Raises ``UsageError``."""
    name = os.environ.get(KEY_FILE)
    if not name:
        return None
    try:
        with Path(name).open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            text = stream.read(2 * _SIZE + 2).decode("ascii", "replace").strip()
    except OSError as error:
        raise _unusable(name, f"cannot be read: {error.strerror or 'the system refused'}", _HINT) from None
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise _unusable(name, "may be read or changed by others than its owner", "Run `chmod 600` on it.")
    if not re.fullmatch(f"[0-9a-f]{{{2 * _SIZE}}}", text):
        raise _unusable(name, "holds no key", _HINT)
    return bytes.fromhex(text)


def make_key_file(path: Path) -> None:
    """Write a new key to a new file that only its owner may read. Raises ``OutputError``."""
    write_new(path, f"{secrets.token_hex(_SIZE)}\n".encode())


def _unusable(name: str, what: str, hint: str) -> UsageError:
    return UsageError(f"The key file of {KEY_FILE} {what}.", hint=hint, place=Place(name))
