"""The pack for a meeting: put together from what is held now, and what was held at the last meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from duecare.access.act import Act
from duecare.access.thing import OVERSIGHT
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.figure.charts.funnel_chart import Allowance
from duecare.recommendation.chase import Rag, standing_of
from duecare.recommendation.folded import Recommendation, fold_recommendation
from duecare.recommendation.oversight import Meeting
from duecare.recommendation.oversight import fold_register as fold_entries
from duecare.recommendation.state import state_words
from duecare.report import Paper
from duecare.report.meeting_pack import PackFacts, RecommendationLine
from duecare.report.meeting_pack import meeting_pack as pack_of
from duecare.rulebook.force_policy import read_policy
from duecare.store.oversight import meeting_records as kept
from duecare.use_cases.oversight.meeting_figures import pack_figures
from duecare.use_cases.oversight.view_accountability import who_answers
from duecare.use_cases.recommendations.revisit_claims import every_known
from duecare.vocabulary.moments import end_of_day, london_day
from duecare.vocabulary.refusals import Refusal


def meeting_pack(request: Request, config: Config, number: int) -> Paper:
    """The pack for this meeting, as things stand now.

    Shape:   holds figures and posts, and no person.
    Raises:  ACC-003 when the viewer may not see oversight; RCM-041 when there is no such meeting.
    """
    authorise(request, Act.READ_OVERSIGHT, OVERSIGHT)
    register = fold_entries(kept.entries())
    meeting = register.meeting(number)
    log_read(request, Act.READ_OVERSIGHT)
    if meeting is None:
        raise Refusal("RCM-041", where=f"meeting {number}", found="no such meeting")
    before, on = register.before(meeting), london_day(request.now)
    vacant = who_answers(request, config, on, counted=False).vacant
    kept_figures = pack_figures(Allowance(read_policy(config.policy).comparison.allowance))
    return pack_of(
        PackFacts(
            meeting=meeting,
            before=before,
            register=register,
            on=on,
            vacant=tuple((one.says or one.who.key, one.who.vacant.value) for one in vacant if one.who.vacant),
            recommendations=tuple(_recommendations(config, request.now, before)),
            figures=kept_figures.figures,
            outside=kept_figures.outside,
            period=kept_figures.period,
        )
    )


def _recommendations(config: Config, now: datetime, before: Meeting | None) -> Iterator[RecommendationLine]:
    by = AssessmentContext.at(config, now, None)

    def holder(kind: str, area: str, at: datetime) -> str | None:
        return by.roster.holder(kind, area, at, by.policy.absence_grace)

    for number, facts in every_known(now).items():
        one = fold_recommendation(facts, now)
        if one is None:
            continue
        how = standing_of(one, now, by.policy.chasing, holder)
        earlier = fold_recommendation(facts, end_of_day(before.held_on)) if before else None
        yield RecommendationLine(
            number=number,
            title=one.title,
            owner=one.owner.post_kind.replace("_", " ") if one.owner else "nobody named",
            state=_stands(one),
            before=_stands(earlier) if earlier else "",
            due_on=how.deadlines[0].due_on,
            is_overdue=how.rag is Rag.RED,
        )


def _stands(one: Recommendation) -> str:
    untaken = f"; its test could not be taken on {one.not_taken.evidence}" if one.not_taken else ""
    return state_words(one.state) + untaken
