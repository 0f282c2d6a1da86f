"""The numbers of worklist lines that `duecare run` prints; those of the front page are in `view_front_page`."""

from __future__ import annotations

from collections.abc import Mapping

from duecare.access.act import Act
from duecare.access.thing import WORKLIST
from duecare.assessment.list_moment import list_moment
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.assessment.worklist_rows import place_again
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.store.findings import assessment_runs
from duecare.visibility.view import visibility_for_lists
from duecare.visibility.worklist_lines import lines_shown


def worklist_counts(request: Request) -> Mapping[str, int]:
    """The number of lines of each kind, within the viewer's scope."""
    authorise(request, Act.READ_WORKLIST, WORKLIST)
    assess_run = assessment_runs.run_in_force()
    counts: Mapping[str, int] = {}
    if assess_run is not None:
        config = read_config()
        as_of = list_moment(assess_run, request.now)
        context = AssessmentContext.at(config, as_of, assess_run.known_at)
        visible = visibility_for_lists(request, config)
        shown_lines = lines_shown(
            visible, assess_run.id, as_of, lambda worklist_line, findings: place_again(context, worklist_line, findings)
        )
        counts = shown_lines.counts
    log_read(request, Act.READ_WORKLIST)
    return counts
