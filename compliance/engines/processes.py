"""Work shared out to processes of this machine, of which nothing comes back but what was made, or why it was not.

At most two parts a process wait, so that memory stays flat however many parts there are. No process outlives the run,
however it ends.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from threading import Thread
from typing import TypeVar

from compliance.errors import ComplianceError, Place, SourceError, place_in_program
from compliance.sources.json_documents import NotLines

WAITING = 2
"""Parts for each process that wait to be folded."""

Part = TypeVar("Part")
Made = TypeVar("Made")


def in_processes(
    make: Callable[[Part], Made], parts: Iterable[Part], jobs: int, name: str
) -> Generator[Made, None, None]:
    """Yield what ``make`` makes of each part, in order.

    Raises ``SourceError`` for ``name`` when a process was ended from outside or met something that nobody foresaw,
    and whatever of our own ``make`` raises.
    """
    others = multiprocessing.active_children()
    work = partial(_outcome, make, name)
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)
    left = iter(parts)
    try:
        waiting: deque[Future[Made | Exception]] = deque()
        waiting.extend(pool.submit(work, part) for part in islice(left, jobs * WAITING))
        while waiting:
            made = _made(waiting.popleft().result())
            waiting.extend(pool.submit(work, part) for part in islice(left, 1))
            yield made
    except BaseException as error:
        for process in multiprocessing.active_children():
            if process not in others:
                process.terminate()
        if isinstance(error, BrokenProcessPool):
            raise _ended(name) from None
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Make a new process ready: the one that shares out the work is the one to stop it, by word or by its own end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _outcome(make: Callable[[Part], Made], name: str, part: Part) -> Made | Exception:
    """Return what was made, or the error. It crosses as a value: a traceback would quote data."""
    try:
        return make(part)
    except (ComplianceError, NotLines) as error:
        return error.with_traceback(None)
    except Exception as error:
        if os.environ.get("COMPLIANCE_DEBUG"):
            raise
        return SourceError(
            f"Something failed inside the program: {type(error).__name__} at {place_in_program(error)}.",
            hint="Please report it. COMPLIANCE_DEBUG=1 shows more; do not share that, it can hold personal data.",
            place=Place(name),
        )


def _made(outcome: Made | Exception) -> Made:
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _ended(name: str) -> SourceError:
    return SourceError(
        "A process that read a part of it was ended from outside, as a system does that runs out of memory.",
        hint="Run it again with fewer --jobs. With --keep-parts, what is finished is used again.",
        place=Place(name),
    )
