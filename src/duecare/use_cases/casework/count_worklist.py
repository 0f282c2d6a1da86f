"""How many lines the worklist has, for whoever ran the chain."""

from __future__ import annotations

from collections.abc import Mapping

from duecare.access.act import Act
from duecare.access.scope import scope
from duecare.access.thing import WORKLIST
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.store.findings import assessment_runs, worklist_lines
from duecare.visibility.pointer_only import pointer_sources


def worklist_counts(request: Request) -> Mapping[str, int]:
    """How many lines are there of each kind, within the viewer's reach?"""
    authorise(request, Act.READ_WORKLIST, WORKLIST)
    run = assessment_runs.run_in_force()
    counts: Mapping[str, int] = {}
    if run is not None:
        hidden = pointer_sources(request, read_config())
        _, counts = worklist_lines.work_lines(
            run.pk, scope(request.viewer), unallocated=False, area="", first=0, most=0, pointers=hidden
        )
    log_read(request, Act.READ_WORKLIST)
    return counts
