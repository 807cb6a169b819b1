"""What happens when something goes wrong: one sentence, one exit code, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

from compliance.errors import ComplianceError, DeclarationError, place_in_program

INTERRUPTED = 130
"""128 and SIGINT, as shells count."""
CANNOT_LOOK = ComplianceError.exit_code


def guarded(command: Callable[[], object]) -> int:
    """Run ``command`` and return the exit code of whatever becomes of it.

    An error that nobody foresaw is named by its type and its place in our code alone: its text and its traceback
    could quote personal data. With ``COMPLIANCE_DEBUG`` set it is raised instead.
    """
    try:
        command()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except KeyboardInterrupt:
        return INTERRUPTED
    except ComplianceError as error:
        say(*told(error))
        return error.exit_code
    except Exception as error:  # the last door before a traceback
        if os.environ.get("COMPLIANCE_DEBUG"):
            raise
        say(
            f"error: something failed inside the program: {type(error).__name__} at {place_in_program(error)}. "
            "Please report it. COMPLIANCE_DEBUG=1 shows more; do not share that, it can hold personal data."
        )
        return CANNOT_LOOK
    return 0


def told(error: ComplianceError) -> Iterator[str]:
    """Yield what to say about an error: itself, and each problem of the declarations."""
    if not isinstance(error, DeclarationError):
        yield f"error: {error}"
        return
    yield f"error: {error.message} {error.hint}"
    yield from map(str, error.problems)


def say(*sentences: str) -> None:
    """Say something to the person who runs the command, beside the output for machines."""
    from compliance.formats.words import visible  # noqa: PLC0415 - costs time that a command without talk saves

    for sentence in sentences:
        sys.stderr.write(f"compliance: {visible(sentence)}\n")
    sys.stderr.flush()
