"""The answers of a live pull, kept where somebody asks for it: all of them or none."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from compliance.cli.errors import say
from compliance.cli.writing import PRIVATE, make_folder, write_bytes
from compliance.errors import OutputError, Place

_OWNER = 0o700


@contextmanager
def answers_in(folder: Path) -> Iterator[Callable[[str, bytes], None]]:
    """Yield what keeps an answer in the new, private ``folder``, which is there only if the block ends well.

    Raises ``OutputError``.
    """
    if folder.exists():
        raise OutputError("It is there already.", hint="Name a new folder.", place=Place(str(folder)))
    draft = folder.with_name(f".{secrets.token_hex(8)}.part")
    make_folder(draft, mode=_OWNER)
    try:
        yield partial(_keep, draft)
        draft.rename(folder)
    except OSError:
        raise OutputError("It cannot be made.", hint="Name another folder.", place=Place(str(folder))) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    say(f"{folder} holds personal data of a school's people. Guard it, and delete it when you have done with it.")


def _keep(folder: Path, name: str, body: bytes) -> None:
    path = folder / name
    make_folder(path.parent, mode=_OWNER)
    write_bytes(path, body, mode=PRIVATE)
