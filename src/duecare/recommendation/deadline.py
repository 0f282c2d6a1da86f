"""By when something is owed on a recommendation: by law or by what was published, in force on the day it was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from duecare.duty.allowance import CalendarDays, Fixed, Months
from duecare.duty.declaration import Source, Span
from duecare.duty.due_moment import due_moment
from duecare.recommendation.recommendation_at_moment import Recommendation
from duecare.recommendation.recommendation_fact import Deed, Origin, Party, Urgency
from duecare.recommendation.recommendation_state import State
from duecare.vocabulary.london_clock import end_of_day, start_of_day


class DeadlineState(StrEnum):
    """Whether what is owed was done in time.

    Shape:   `unproven`: claimed in time, and not verified yet; `no_limit`: owed, and no text gives a number of days; `ended`:
             superseded before it was done, and owed no longer.
    """

    MET = "met"
    MET_LATE = "met_late"
    OPEN = "open"
    OVERDUE = "overdue"
    UNPROVEN = "unproven"
    NO_LIMIT = "no_limit"
    ENDED = "ended"


ALWAYS: Final = Span()


@dataclass(frozen=True, slots=True)
class Rule:
    """What is owed on a recommendation, by whom, within what, by which text, in force when.

    Shape:   `allows` None where the text gives no number of days.
    """

    id: str
    says: str
    owed_by: Party
    allows: Fixed | None
    source: Source
    in_force: Span = ALWAYS


READ_ON: Final = date(2026, 11, 25)
_ACT_TITLE: Final = "Police Act 1996"
_FOLLOW_UP: Final = Source(
    "National child protection programme: methodology for post-inspection follow-up activity",
    "action plan and updates after publication",
    "https://hmicfrs.justiceinspectorates.gov.uk/publications/national-child-protection-programme-methodology-for-post-inspection-follow-up-activity/",
    READ_ON,
)
_CLASSES: Final = Source(
    "Metropolitan Police Service: national child protection inspection, assessment of progress",
    "classes of the recommendations of 2016",
    "https://hmicfrs.justiceinspectorates.gov.uk/publication-html/metropolitan-police-service-national-child-protection-inspection-assessment-of-progress/",
    READ_ON,
)
ACTION_PLAN: Final = Rule(
    "action-plan",
    "An action plan for whatever is not immediate is given, as a rule within six weeks of publication.",
    Party.FORCE,
    CalendarDays(42),
    _FOLLOW_UP,
)
COMMENTS_WITHOUT_DAYS: Final = Rule(
    "comments",
    "The local policing body publishes its comments on the report; no number of days is given.",
    Party.MAYORS_OFFICE,
    None,
    Source(
        _ACT_TITLE,
        "section 55(5), as it stood before 2 May 2017",
        "https://www.legislation.gov.uk/ukpga/1996/16/section/55",
        READ_ON,
    ),
    Span(last=date(2017, 5, 1)),
)
COMMENTS: Final = Rule(
    "comments",
    "The local policing body publishes its comments, with what it does about each recommendation or why nothing, within 56"
    " days beginning with the day of publication.",
    Party.MAYORS_OFFICE,
    CalendarDays(56, beginning_with=True),
    Source(
        _ACT_TITLE,
        "section 55(5A) and (5B), inserted by the Policing and Crime Act 2017, section 37; in force from 2 May 2017 by"
        " S.I. 2017/399, regulation 4(a)",
        "https://www.legislation.gov.uk/ukpga/2017/3/section/37",
        READ_ON,
    ),
    Span(first=date(2017, 5, 2)),
)
THREE_MONTHS: Final = Rule("done", "It is done within three months.", Party.FORCE, Months(3), _CLASSES)
SIX_MONTHS: Final = Rule("done", "It is done within six months.", Party.FORCE, Months(6), _CLASSES)
IMMEDIATE: Final = Rule(
    "done",
    "It is done immediately; no number of days is published, so its age is shown.",
    Party.FORCE,
    None,
    _FOLLOW_UP,
)
RULES: Final = (ACTION_PLAN, COMMENTS_WITHOUT_DAYS, COMMENTS, IMMEDIATE, THREE_MONTHS, SIX_MONTHS)
_DONE_RULES: Final = {Urgency.IMMEDIATE: IMMEDIATE, Urgency.THREE_MONTHS: THREE_MONTHS, Urgency.SIX_MONTHS: SIX_MONTHS}


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is owed, until when, and whether it was done in time.

    Shape:   `due_at` and `due_on` None where there is no limit; `met_at` None while it is not done. `rule` None where the
             day stands in the recommendation itself.
    Units:   days end at 23:59:59 Europe/London.
    """

    id: str
    says: str
    owed_by: Party
    due_at: datetime | None
    due_on: date | None
    met_at: datetime | None
    kept: DeadlineState
    rule: Rule | None


def deadlines_of(recommendation: Recommendation, as_of: datetime) -> tuple[Deadline, ...]:
    """What is owed on this recommendation, at this moment.

    Shape:   first that it be done, then the action plan and the comments, which follow only an inspection.
    Unknown: without a day of publication only a day that it names itself is known.
    Source:  by the text in force on the day of publication.
    """
    deadlines = [_done_deadline(recommendation, as_of)]
    if recommendation.origin is Origin.INSPECTION and recommendation.published_on is not None:
        if recommendation.urgency is not Urgency.IMMEDIATE:
            deadlines.append(
                _kept_deadline(ACTION_PLAN, recommendation, as_of, _first_time(recommendation, Deed.PLANNED))
            )
        candidate_rule = next(
            comment_rule
            for comment_rule in (COMMENTS_WITHOUT_DAYS, COMMENTS)
            if comment_rule.in_force.holds_on(recommendation.published_on)
        )
        deadlines.append(
            _kept_deadline(
                candidate_rule, recommendation, as_of, _first_time(recommendation, Deed.REPLIED, Party.MAYORS_OFFICE)
            )
        )
    return tuple(deadlines)


def _done_deadline(recommendation: Recommendation, as_of: datetime) -> Deadline:
    met_at = recommendation.claim.at if recommendation.claim and recommendation.state is State.VERIFIED else None
    claimed = (
        recommendation.claim.at
        if recommendation.claim and recommendation.test and recommendation.state is State.DONE
        else None
    )
    if recommendation.urgency is not Urgency.DATED:
        return _kept_deadline(_DONE_RULES[recommendation.urgency], recommendation, as_of, met_at, claimed)
    due_at = end_of_day(recommendation.due_on) if recommendation.due_on else None
    return Deadline(
        "done",
        "It is done by the day that it names.",
        recommendation.addressed_to,
        due_at,
        recommendation.due_on,
        met_at,
        _deadline_state(recommendation, due_at, met_at, claimed, as_of),
        None,
    )


def _kept_deadline(
    deadline_rule: Rule,
    recommendation: Recommendation,
    as_of: datetime,
    met_at: datetime | None,
    claimed: datetime | None = None,
) -> Deadline:
    due_at, due_on = None, None
    if deadline_rule.allows is not None and recommendation.published_on is not None:
        due_at, due_on = due_moment(start_of_day(recommendation.published_on), deadline_rule.allows)
    owed_by = recommendation.addressed_to if deadline_rule.id == "done" else deadline_rule.owed_by
    deadline_state = _deadline_state(recommendation, due_at, met_at, claimed, as_of)
    return Deadline(
        deadline_rule.id, deadline_rule.says, owed_by, due_at, due_on, met_at, deadline_state, deadline_rule
    )


def _deadline_state(
    recommendation: Recommendation,
    due_at: datetime | None,
    met_at: datetime | None,
    claimed: datetime | None,
    as_of: datetime,
) -> DeadlineState:
    if met_at is not None:
        return DeadlineState.MET_LATE if due_at is not None and met_at > due_at else DeadlineState.MET
    if recommendation.state is State.SUPERSEDED:
        return DeadlineState.ENDED
    if claimed is not None and (due_at is None or claimed <= due_at):
        return DeadlineState.UNPROVEN
    if due_at is None:
        return DeadlineState.NO_LIMIT
    return DeadlineState.OVERDUE if as_of > due_at else DeadlineState.OPEN


def _first_time(recommendation: Recommendation, deed: Deed, party: Party | None = None) -> datetime | None:
    times = (
        recommendation_fact.happened_at.earliest
        for recommendation_fact in recommendation.of(deed)
        if party is None or recommendation_fact.party is party
    )
    return min(times, default=None)
