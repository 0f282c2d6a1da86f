"""The one task that waits in the queue of the database: a thin call of the periodic job. The worker says when it runs again.

The queue keeps the path of this function, so a task that waits while the program is replaced is found by it.
"""

from __future__ import annotations

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from duecare.config import read_config
from duecare.jobs.tick import clock_request, run_tick


@task()
def tick_task() -> dict[str, object]:
    """Run the periodic job; its counts are kept with the task."""
    return run_tick(clock_request(), read_config()).as_json()


def enqueue_tick() -> bool:
    """Put the periodic job in the queue, unless it waits there already; False where it does."""
    waiting = DBTaskResult.objects.filter(task_path=tick_task.module_path, status=TaskResultStatus.READY)
    if waiting.exists():
        return False
    tick_task.enqueue()
    return True
