"""The local engine: how many processes share the work, and whether it was stopped in between, changes nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from compliance.cli.jobs import keep_in
from compliance.cli.keys import KEY_FILE, make_key_file
from compliance.engines import local
from compliance.engines.local import Taken, take_locally
from compliance.engines.processes import in_processes
from compliance.engines.work import How, Keep, Work
from compliance.errors import DeclarationError, Place, Problem, SourceError, UsageError
from compliance.integrators.plain import Plain
from compliance.integrators.xporter import Xporter
from compliance.inventory.measures import InventoryPlan
from compliance.model.paths import FieldPath
from compliance.model.vocabulary import Vocabulary
from compliance.sources import parts
from compliance.sources.json_documents import NotLines

CANARY = "Quillfeather"
PART = 40_000
"""Bytes of a part, so few that a small file has several."""


@pytest.fixture
def work(plan: InventoryPlan, vocabulary: Vocabulary) -> Work:
    return Work(plan=plan, vocabulary=vocabulary, integrator=Plain())


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", PART)
    monkeypatch.setattr(parts, "_PIECE", PART // 4)


def with_mark(text: bytes) -> bytes:
    return b"\xef\xbb\xbf" + text


def with_blank_lines(text: bytes) -> bytes:
    return text.replace(b"}\n", b"}\n\n  \n")


def without_last_newline(text: bytes) -> bytes:
    return text.rstrip(b"\n")


def no_lines_in_the_middle(text: bytes) -> bytes:
    lines = text.splitlines(keepends=True)
    lines[600] = json.dumps(json.loads(lines[600]), indent=1).encode() + b"\n"
    return b"".join(lines)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("change", [with_mark, with_blank_lines, without_last_newline, no_lines_in_the_middle])
def test_a_large_file_has_the_same_inventory_however_many_share_it(
    tmp_path: Path, work: Work, pupil_lines: Callable[..., bytes], change: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "pupils.jsonl"
    path.write_bytes(change(pupil_lines(1_000)))
    alone = take_locally(str(path), work, How())
    assert alone.rows == 1_000
    assert [take_locally(str(path), work, How(jobs=jobs)) for jobs in (2, 3)] == [alone] * 2
    whole = parts.PART * 1_000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "PART", whole)
        assert take_locally(str(path), work, How()) == alone


@pytest.mark.usefixtures("small_parts")
def test_a_folder_has_the_same_inventory_however_many_share_it(
    tmp_path: Path, work: Work, pupil_lines: Callable[..., bytes]
) -> None:
    folder = tmp_path / "feed"
    for number in range(6):
        below = folder / f"school {number % 2}"
        below.mkdir(parents=True, exist_ok=True)
        (below / f"pupils{number}.jsonl").write_bytes(pupil_lines(150 + 30 * number, seed=number))
    (folder / "staff.csv").write_text("Id,Name\n1,Zorvik\n2,\n")
    (folder / "nothing.json").write_bytes(b"")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "earlier.inventory.json").write_text('{"kind": "saved-inventory"}')
    alone = take_locally(str(folder), work, How())
    assert alone.rows == sum(150 + 30 * number for number in range(6)) + 2
    assert [(notice.source, notice.what.partition(":")[0]) for notice in alone.notices] == [
        ("feed/earlier.inventory.json", "is a saved inventory, not data"),
        ("feed/nothing.json", "is empty"),
        ("feed/picture.png", "was not read"),
    ]
    assert take_locally(str(folder), work, How(jobs=3)) == alone


@pytest.mark.usefixtures("small_parts")
def test_pages_and_grants_are_told_once_however_many_share_them(tmp_path: Path, work: Work) -> None:
    folder = tmp_path / "feed"
    folder.mkdir()
    for number in (1, 3):
        page = {
            "Students": [{"Id": f"{number}-{row}", "Note": "x" * 200} for row in range(300)],
            "Pagination": [{"PageNumber": number, "PageCount": 3, "RowCount": 900}],
        }
        (folder / f"students{number}.json").write_text(json.dumps(page))
    for name in ("token.json", "token again.json"):
        token = {"Estab": "1234567", "RelyingParty": "app", "Scopes": ["a"], "Expires": "", "Name": "x"}
        (folder / name).write_text(json.dumps(token))
    xporter = replace(work, integrator=Xporter())
    alone = take_locally(str(folder), xporter, How())
    assert [grant.source for grant in alone.grants] == ["feed/token again.json"]
    assert [notice.what for notice in alone.notices] == [
        "holds page 1, 3 of 3 of 'Students': 300 of 900 rows did not come and were not looked at"
    ]
    assert alone.incomplete == {"Students"}
    assert take_locally(str(folder), xporter, How(jobs=2)) == alone


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_empty_folder_is_no_clean_one(tmp_path: Path, work: Work, jobs: int) -> None:
    with pytest.raises(SourceError, match="It holds no records that could be read"):
        take_locally(str(tmp_path), work, How(jobs=jobs))


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_broken_file_among_many_ends_the_run_with_its_place(
    tmp_path: Path, work: Work, pupil_lines: Callable[..., bytes], jobs: int, refusal: Callable[..., str]
) -> None:
    for number in range(3):
        (tmp_path / f"pupils{number}.jsonl").write_bytes(pupil_lines(200, seed=number))
    (tmp_path / "pupils1.jsonl").write_bytes(pupil_lines(200) + f'{{"Name": "{CANARY}'.encode())
    told = refusal(lambda path: take_locally(str(path), work, How(jobs=jobs)), tmp_path)
    assert told == (
        f"{tmp_path.name}/pupils1.jsonl:201:{len(CANARY) + 11}: It ends in the middle of a value. "
        "Pull or export it again: it was cut off."
    )


# --- kept parts -------------------------------------------------------------------------------------------------


@pytest.fixture
def keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keep:
    make_key_file(tmp_path / "key")
    monkeypatch.setenv(KEY_FILE, str(tmp_path / "key"))
    return keep_in(tmp_path / "kept")


def counting(monkeypatch: pytest.MonkeyPatch, *, stop_after: int | None = None) -> list[object]:
    """Count the parts that are really read; stop the run after some."""
    read: list[object] = []
    fold = local.fold_part

    def counted(part: parts.Part, *args: object) -> Taken:
        if len(read) == stop_after:
            raise KeyboardInterrupt
        read.append(part)
        return fold(part, *args)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(local, "fold_part", counted)
    return read


@pytest.mark.usefixtures("small_parts")
def test_a_run_that_was_stopped_goes_on_where_it_was(
    tmp_path: Path, work: Work, keep: Keep, pupil_lines: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pupils.jsonl"
    path.write_bytes(pupil_lines(1_000))
    expected = take_locally(str(path), work, How())
    with monkeypatch.context() as patch:
        counting(patch, stop_after=3)
        with pytest.raises(KeyboardInterrupt):
            take_locally(str(path), work, How(keep=keep))
    kept = sorted(keep.folder.iterdir())
    assert len(kept) == 3
    assert stat.S_IMODE(keep.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in kept} == {0o600}
    assert CANARY not in "".join(each.read_text() for each in kept)
    many = len(list(parts.parts_of(str(path), Plain())))
    with monkeypatch.context() as patch:
        read = counting(patch)
        assert take_locally(str(path), work, How(keep=keep)) == expected
        assert len(read) == many - 3
        assert take_locally(str(path), work, How(keep=keep)) == expected
        assert len(read) == many - 3
    assert take_locally(str(path), work, How(keep=keep, jobs=2)) == expected


@pytest.mark.usefixtures("small_parts")
def test_a_kept_part_is_used_for_nothing_else(
    tmp_path: Path, work: Work, keep: Keep, pupil_lines: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pupils.jsonl"
    path.write_bytes(pupil_lines(500))
    read = counting(monkeypatch)

    def parts_read(of: Work) -> int:
        read.clear()
        take_locally(str(path), of, How(keep=keep))
        return len(read)

    many = parts_read(work)
    assert many > 1
    assert parts_read(work) == 0
    plan = work.plan
    others = [
        replace(work, plan=replace(plan, key=b"j" * 32)),
        replace(work, plan=replace(plan, detect=False)),
        replace(work, plan=replace(plan, spans=frozenset({FieldPath.parse("pupils.Weight")}))),
        replace(work, encoding="cp1252"),
    ]
    assert [parts_read(other) for other in others] == [many] * len(others)
    os.utime(path, ns=(0, 1))
    assert parts_read(work) == many
    path.write_bytes(pupil_lines(501))
    os.utime(path, ns=(0, 1))
    assert parts_read(work) >= many
    for kept in keep.folder.iterdir():
        kept.write_text('{"kind": "saved-inventory"')
    assert parts_read(work) >= many


# --- processes --------------------------------------------------------------------------------------------------


def doubled(number: int) -> int:
    return 2 * number


def quoting(number: int) -> int:
    message = f"{CANARY} {number}"
    raise ValueError(message)


def refusing(number: int) -> int:
    try:
        return quoting(number)
    except ValueError:
        raise SourceError("It is broken.", hint="Mend it.", place=Place("a.json", number, 1)) from None


def no_lines(number: int) -> int:
    raise NotLines(number)


def killed(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_what_is_made_comes_in_order() -> None:
    assert list(in_processes(doubled, range(20), 2, "feed")) == [*range(0, 40, 2)]


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (refusing, "a.json:1:1: It is broken. Mend it."),
        (
            quoting,
            (
                "feed: Something failed inside the program: ValueError at compliance/engines/processes.py:LINE. "
                "Please report it. COMPLIANCE_DEBUG=1 shows more; do not share that, it can hold personal data."
            ),
        ),
        (
            killed,
            (
                "feed: A process that read a part of it was ended from outside, as a system does that runs out of "
                "memory. Run it again with fewer --jobs. With --keep-parts, what is finished is used again."
            ),
        ),
    ],
)
def test_whatever_happens_in_a_process_is_one_error(make: Callable[[int], int], told: str) -> None:
    with pytest.raises(SourceError) as caught:
        list(in_processes(make, [1, 2, 3], 2, "feed"))
    assert re.sub(r"py:\d+", "py:LINE", str(caught.value)) == told
    assert caught.value.__cause__ is None
    assert CANARY not in repr((caught.value.__context__, caught.value.__dict__))


def test_a_file_of_other_than_lines_is_told_across_processes() -> None:
    with pytest.raises(NotLines):
        list(in_processes(no_lines, [1, 2], 2, "feed"))


def test_every_error_crosses_as_it_is() -> None:
    import pickle  # noqa: PLC0415 - of this test alone

    problem = Problem(place=Place("a.yaml", 1, 2), where="scopes", message="No.")
    for error in (
        SourceError("No.", hint="Yes.", place=Place("a", 1, 1)), UsageError("No.", hint="Yes."),
        DeclarationError((problem,)),
    ):  # fmt: skip
        crossed = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        assert (type(crossed), str(crossed), crossed.__dict__) == (type(error), str(error), error.__dict__)


# --- the command line -------------------------------------------------------------------------------------------

PROGRAM = f"""
import signal, sys
# A shell that starts something beside itself has it ignore the interrupt, and so would this program.
signal.signal(signal.SIGINT, signal.default_int_handler)
from compliance.sources import parts
parts.PART, parts._PIECE = {PART}, {PART // 4}
%s
if __name__ == "__main__":
    from compliance.cli.main import run
    sys.exit(run())
"""
CRASH = """
from compliance.inventory import profile
def quote(self, batch):
    raise ValueError(f"cannot count {batch.records!r}")
profile.Growing.add = quote
"""
PATIENCE = 300
"""Seconds after which a run that should have ended is a failure, and no longer waited for."""
SLOW = """
import pathlib, os, time
from compliance.inventory import profile
def slow(self, batch):
    pathlib.Path(os.environ["SEEN"], str(os.getpid())).touch()
    time.sleep(60)
profile.Growing.add = slow
"""


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def started(tmp_path: Path, pupil_lines: Callable[..., bytes]) -> Iterator[Callable[[str], subprocess.Popen[bytes]]]:
    """Return what starts the program, changed in every process, with two jobs over a file full of canaries."""
    path, seen = tmp_path / "pupils.jsonl", tmp_path / "seen"
    seen.mkdir()
    path.write_bytes(pupil_lines(1_000).replace(b"Blenthy", CANARY.encode()))
    running: list[subprocess.Popen[bytes]] = []

    def start(change: str) -> subprocess.Popen[bytes]:
        program = tmp_path / "program.py"
        program.write_text(PROGRAM % change)
        kept = {name: value for name, value in os.environ.items() if name != "COMPLIANCE_DEBUG"}
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-X", "dev", program, "inventory", path, "--jobs", "2"],
            env={**kept, "SEEN": str(seen)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def workers(seen: Path) -> list[int]:
    """Wait until two processes are at work."""
    for _ in range(600):
        if len(found := [int(path.name) for path in seen.iterdir()]) == 2:
            return found
        time.sleep(0.1)
    raise AssertionError


def all_gone(processes: list[int]) -> bool:
    for _ in range(100):
        if not any(map(is_alive, processes)):
            return True
        time.sleep(0.1)
    return False


def test_processes_say_no_value(started: Callable[[str], subprocess.Popen[bytes]]) -> None:
    process = started("")
    out, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert b"1,000 rows" in out
    assert CANARY.encode() not in out


def test_a_crash_in_a_process_quotes_nothing(started: Callable[[str], subprocess.Popen[bytes]]) -> None:
    process = started(CRASH)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (3, b"")
    assert err.startswith(
        b"compliance: error: pupils.jsonl: Something failed inside the program: ValueError at compliance/"
    )
    assert err.count(b"\n") == 1
    assert CANARY.encode() not in err


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
@pytest.mark.parametrize("to_group", [True, False])
def test_who_stops_the_run_stops_every_process(
    tmp_path: Path, started: Callable[[str], subprocess.Popen[bytes]], *, to_group: bool
) -> None:
    process = started(SLOW)
    busy = workers(tmp_path / "seen")
    (os.killpg if to_group else os.kill)(process.pid, signal.SIGINT)
    assert process.communicate(timeout=PATIENCE) == (b"", b"")
    assert process.returncode == 130
    assert all_gone(busy)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
def test_a_run_that_is_killed_leaves_no_process(
    tmp_path: Path, started: Callable[[str], subprocess.Popen[bytes]]
) -> None:
    process = started(SLOW)
    busy = workers(tmp_path / "seen")
    process.kill()
    assert all_gone(busy)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
def test_a_process_that_is_killed_is_one_error(
    tmp_path: Path, started: Callable[[str], subprocess.Popen[bytes]]
) -> None:
    process = started(SLOW)
    busy = workers(tmp_path / "seen")
    os.kill(busy[0], signal.SIGKILL)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (3, b"")
    assert err == (
        b"compliance: error: pupils.jsonl: A process that read a part of it was ended from outside, as a system does "
        b"that runs out of memory. Run it again with fewer --jobs. With --keep-parts, what is finished is used again.\n"
    )
    assert all_gone(busy)
