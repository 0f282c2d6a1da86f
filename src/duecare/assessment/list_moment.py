"""The moment that the worklist, findings and boards are shown for: now, or just before a change still to be worked out."""

from __future__ import annotations

from datetime import datetime, timedelta

from duecare.store.findings import turning_moments
from duecare.store.findings.assessment_runs import AssessmentRun

SECOND = timedelta(seconds=1)


def list_moment(assessment_run: AssessmentRun, now: datetime) -> datetime:
    """The latest moment, now if it can be, as at which lists of this assessment are exact.

    Shape:   due times and ladders are worked out for any later moment. Everything else that time changes (a fact dated
             ahead, an officer's absence that begins or ends to count, the next of a duty that recurs, a clock that stands
             still, limits that depend on how an uncertain fact is read, a contact no longer recent) has a turning moment,
             which waits for the next refresh: until then lists stand as at the second before. Where the clock has been put
             back, they stand as at the assessment.
    """
    if now <= assessment_run.as_of:
        return assessment_run.as_of
    turning_moment = turning_moments.first_turn(assessment_run.id)
    return now if turning_moment is None or turning_moment > now else max(turning_moment - SECOND, assessment_run.as_of)
