"""The process beside the web server: puts the periodic job in the queue every half minute, runs the queue, and tries again.

A task whose worker died stays as it is; the next periodic job does its work.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from datetime import timedelta
from typing import Final

from duecare.vocabulary import clock

EVERY_SECONDS: Final = 30.0
"""How often the periodic job is put in the queue."""
POLL_SECONDS = 1.0
KEPT_FOR = timedelta(days=1)
"""How long a finished task is kept, failed ones too. One that failed is not run again: the next periodic job does its work."""

logger = logging.getLogger(__name__)


def start_worker() -> None:
    """Start a worker that ends when this process, or what it becomes, has ended."""
    subprocess.Popen(
        [sys.executable, "-m", "duecare.jobs.worker", str(os.getpid())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


def run_worker(server: int) -> None:
    """Run the queue until the process of this id is no longer the one that started us."""
    next_tick = time.monotonic() + EVERY_SECONDS
    while os.getppid() == server:
        if time.monotonic() >= next_tick:
            run_queue_once(with_tick=True)
            next_tick = time.monotonic() + EVERY_SECONDS
        time.sleep(POLL_SECONDS)


def run_queue_once(*, with_tick: bool) -> None:
    """Run every task that is ready, after the periodic job where it is wanted; a store that is busy is tried next time."""
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    from duecare.jobs.tasks import enqueue_tick
    from duecare.use_cases.operations.store_failure import as_refusal

    try:
        if with_tick:
            enqueue_tick()
        Worker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"worker-{os.getpid()}",
            excluded_queue_names=[],
        ).run()
        DBTaskResult.objects.finished().filter(finished_at__lt=clock.current_moment() - KEPT_FOR).delete()
    except Exception as failure:
        refusal = as_refusal(failure)
        if refusal is None:
            raise
        logger.warning("The queue could not be run (%s); it is tried again.", refusal.code)


def run_for_server() -> None:
    """Open the store and work for the server whose process id is the only argument."""
    from duecare.use_cases.operations.open_store import open_store

    open_store(migrate=False)
    run_worker(int(sys.argv[1]))


if __name__ == "__main__":
    run_for_server()
