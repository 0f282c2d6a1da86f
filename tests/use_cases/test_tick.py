"""The periodic job does what is due, once, whoever runs it and however often; the queue beside the server runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.guarantees.test_g1_reads_write_nothing import contents
from tests.made.deliveries import Made, write
from tests.made.few_cases import SOURCE, filled
from tests.made.stores import Stores, asking, read_in_process, stores

from duecare.assessment.list_moment import list_moment
from duecare.assessment.refresh_affected import pending_refresh
from duecare.jobs import tasks, tick, worker
from duecare.jobs.tick import clock_request, run_tick
from duecare.store.findings import assessment_runs, turning_moments
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.vocabulary.refusals import Refusal

__all__ = ["read_in_process", "stores"]
pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.on_both_engines]
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def few_store(stores: Stores, tmp_path: Path):
    """The few cases, received and assessed at NOW."""
    with filled(stores.new(), tmp_path, NOW) as store:
        yield store


def another(folder: Path) -> Path:
    """A second delivery: one more event in the open case."""
    at = NOW - timedelta(hours=1)
    rows = {
        "events": [
            {"event_id": "seen-late", "kind": "child_seen", "happened_at": at.isoformat(), "case_ref": "OPEN",
             "written_at": at.isoformat()}
        ],
        "ties": [{"event_id": "seen-late", "record_id": "child-open", "role": "child"}],
    }  # fmt: skip
    return write(Made(rows, SOURCE), folder / f"{SOURCE}-2")


def run():
    """The assessment in force."""
    found = assessment_runs.run_in_force()
    assert found is not None
    return found


def test_a_list_stands_as_at_now_again_once_the_job_has_run(few_store):
    then = NOW + WEEK
    assert list_moment(run(), then) < then

    first = run_tick(asking(then), few_store.config)

    assert first.refreshed > 0
    assert list_moment(run(), then) == then


def test_the_second_run_finds_nothing_to_do(few_store):
    run_tick(asking(NOW + WEEK), few_store.config)
    before = contents()

    again = run_tick(asking(NOW + WEEK), few_store.config)

    assert again.as_json() == {"sent": 0, "refreshed": 0, "published": [], "expired": 0, "refused": []}
    assert contents() == before


def test_what_was_received_and_not_counted_is_counted_by_the_job(few_store, tmp_path):
    receive_files(asking(NOW), few_store.config, [another(tmp_path)])
    assert not pending_refresh(run()).is_whole

    result = run_tick(asking(NOW), few_store.config)

    assert result.refreshed > 0
    assert pending_refresh(run()).is_whole


def test_a_run_that_was_stopped_is_completed_by_the_next(few_store, tmp_path, monkeypatch):
    receive_files(asking(NOW + WEEK), few_store.config, [another(tmp_path)])

    def stop(*_args, **_named):
        raise Refusal("STO-002")

    with monkeypatch.context() as patch:
        patch.setattr(tick, "refresh_due_in_force", stop)
        with pytest.raises(Refusal):
            run_tick(asking(NOW + WEEK), few_store.config)
    run_tick(asking(NOW + WEEK), few_store.config)

    assert pending_refresh(run()).is_whole
    assert turning_moments.turned_by(run().id, NOW + WEEK) == (set(), set())


def test_two_at_once_end_as_one(few_store, monkeypatch):
    real = tick.refresh_due_in_force
    inner: list[int] = []

    def meanwhile(request):
        if not inner:
            inner.append(0)
            inner[0] = run_tick(request, few_store.config).refreshed
        return real(request)

    monkeypatch.setattr(tick, "refresh_due_in_force", meanwhile)
    outer = run_tick(asking(NOW + WEEK), few_store.config)

    assert inner[0] > 0
    assert outer.refreshed == 0


def test_the_job_waits_in_the_queue_once_and_the_queue_runs_it(few_store, monkeypatch):
    monkeypatch.setattr(tasks, "read_config", lambda: few_store.config)
    assert tasks.enqueue_tick()
    assert not tasks.enqueue_tick()

    worker.run_queue_once(with_tick=True)

    (done,) = tasks.DBTaskResult.objects.all()
    assert done.status == tasks.TaskResultStatus.SUCCESSFUL
    assert set(done.return_value) == {"sent", "refreshed", "published", "expired", "refused"}
    assert tasks.enqueue_tick()


def test_a_job_that_fails_is_kept_as_failed_and_the_next_one_runs(few_store, monkeypatch):
    def fail():
        raise Refusal("STO-001")

    monkeypatch.setattr(tasks, "read_config", fail)
    worker.run_queue_once(with_tick=True)
    monkeypatch.setattr(tasks, "read_config", lambda: few_store.config)
    worker.run_queue_once(with_tick=True)

    kept = [one.status for one in tasks.DBTaskResult.objects.order_by("enqueued_at")]
    assert kept == [tasks.TaskResultStatus.FAILED, tasks.TaskResultStatus.SUCCESSFUL]


def test_the_clock_asks_for_itself():
    request = clock_request()

    assert (request.viewer.account, request.channel) == ("the clock", "job")


def test_the_worker_ends_with_its_server(few_store):
    environ = {**os.environ, "DUECARE_HOME": str(few_store.home), "DUECARE_DATABASE_URL": few_store.url}
    program = "import time; from duecare.jobs.worker import start_worker; start_worker(); time.sleep(600)"
    server = subprocess.Popen([sys.executable, "-c", program], env=environ)
    try:
        working = child_of(server.pid, wait=20)
        assert working is not None
        server.send_signal(signal.SIGKILL)
        server.wait(timeout=10)
        assert has_ended(working, wait=30)
    finally:
        server.kill()


def child_of(pid: int, wait: float) -> int | None:
    """The process that this one started, as soon as there is one."""
    until = time.monotonic() + wait
    while time.monotonic() < until:
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                return int(folder.name)
        time.sleep(0.1)
    return None


def has_ended(pid: int, wait: float) -> bool:
    """Whether this process ends within so many seconds."""
    until = time.monotonic() + wait
    while time.monotonic() < until:
        try:
            if (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.1)
    return False
