"""A reader that dies, hangs, eats memory or talks nonsense is a refusal, never a crash of the service."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tests.made.stores import NOW

from duecare.extract import Limits, read_delivery
from duecare.extract import delivery as delivery_module
from duecare.extract import reader_supervisor as process_module
from duecare.extract.landing_place import PREFIX, working_folder
from duecare.extract.reader_supervisor import Child
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.own_process

BAD_READERS = {
    "dies": "import os; os._exit(3)",
    "is_killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "hangs": "import time; time.sleep(60)",
    "talks_nonsense": "import sys; sys.stdout.write('x' * 5000); sys.stdout.flush()",
    "breaks_off": "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\x09\\0\\0\\0\\0{}'); sys.stdout.flush()",
    "sends_no_object": "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\x02\\0\\0\\0\\0[]'); sys.stdout.flush()",
}


SAYS = {
    "dies": "the reader stopped with 3",
    "is_killed": "the reader stopped with -9",
    "hangs": "the reader sent nothing for 1 seconds",
    "talks_nonsense": "the reader's answer could not be understood",
    "breaks_off": "the reader stopped with 0",
    "sends_no_object": "the reader's answer could not be understood",
}


class Ended(subprocess.Popen[bytes]):
    """A process that has ended before a word is written to it."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)


@pytest.mark.parametrize(
    ("what", "when"),
    [(what, "as_it_comes") for what in BAD_READERS]
    + [(what, "before_its_job_is_written") for what in BAD_READERS if what != "hangs"],
)
def test_a_reader_that_fails_is_a_refusal_and_leaves_no_process(
    what: str, when: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if when == "before_its_job_is_written":
        monkeypatch.setattr(process_module.subprocess, "Popen", Ended)
    (tmp_path / f"{what}.py").write_text(BAD_READERS[what])
    monkeypatch.syspath_prepend(str(tmp_path))
    child = Child({"do": "read"}, Limits(silence_seconds=1 if what == "hangs" else 60), module=what)

    with pytest.raises(Refusal) as caught, child:
        list(child.frames())

    assert (caught.value.code, caught.value.found) == ("EXT-016", SAYS[what])
    assert child._process.returncode is not None


def test_more_memory_than_the_limit_is_a_refusal(desk: Any) -> None:
    path = desk.write("pole-1", persons="record_id,family_name\n" + 'p1,"' + "x" * 30_000_000 + '"\n')

    refusal = desk.refused(path, limits=Limits(memory_bytes=60 << 20, record_chars=100 << 20))

    assert refusal.code == "EXT-016"


def test_more_time_than_the_limit_is_a_refusal(desk: Any) -> None:
    path = desk.write("pole-1", persons="record_id\n" + "p\n" * 900_000)

    refusal = desk.refused(path, limits=Limits(cpu_seconds=1, cpu_seconds_per_mib=0))

    assert refusal.code == "EXT-016"


def test_a_file_that_changes_while_it_is_read_is_refused(desk: Any) -> None:
    path = desk.write("pole-1", persons="record_id\np1\n")
    with read_delivery(path, received_at=NOW) as opened:
        rows = opened.rows()
        next(rows)
        (path / "persons.csv").write_text("record_id\np2\n")
        with pytest.raises(Refusal, match="EXT-018"):
            list(rows)


def test_nothing_that_was_unpacked_is_left_behind(desk: Any) -> None:
    path = desk.write("pole-1", persons="record_id\np1\n")
    seen: list[Path] = []
    with read_delivery(path, received_at=NOW) as opened:
        seen.append(opened._spool.parent)
        assert seen[0].exists()
    assert not seen[0].exists()


def test_what_a_process_that_died_left_is_swept_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = tmp_path / f"{PREFIX}{gone.stdout.decode().strip()}-abc"
    ours = tmp_path / f"{PREFIX}{os.getpid()}-abc"
    left.mkdir()
    ours.mkdir()

    with working_folder():
        assert not left.exists()
        assert ours.exists()


def test_a_consumer_that_stops_early_ends_the_reader(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[Child] = []

    class Seen(Child):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            children.append(self)

    monkeypatch.setattr(delivery_module, "Child", Seen)
    path = desk.write("pole-1", persons="record_id\n" + "".join(f"p{i}\n" for i in range(50_000)))
    began = time.monotonic()
    with read_delivery(path, received_at=NOW) as opened:
        rows = opened.rows()
        next(rows)
        rows.close()  # type: ignore[attr-defined]

    assert [child._process.returncode for child in children] == [-9]
    assert time.monotonic() - began < 30


def test_what_a_parser_prints_or_says_in_an_error_goes_nowhere(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "noisy.py").write_text(
        "import duecare.extract.read_files as r, duecare.extract.reader_process as c\n"
        "def noisy(self):\n    print('CANARY'); raise ValueError('CANARY')\n"
        "r.FileReading.open = noisy\nr.FileReading.__init__ = lambda *a: None\nc.run_child()\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(Refusal) as caught, Child({"do": "read", "bytes": 0}, Limits(), module="noisy") as child:
        list(child.frames())

    assert caught.value.code == "EXT-016"
    assert "ValueError" in str(caught.value)
    assert "CANARY" not in str(caught.value) + "".join(capfd.readouterr())
