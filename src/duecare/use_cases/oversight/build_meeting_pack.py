"""The pack for a meeting: put together from what is recorded now, and what was recorded at the last meeting."""

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
from duecare.recommendation.late_recommendation import Rag, standing_of
from duecare.recommendation.oversight_register import Meeting
from duecare.recommendation.oversight_register import fold_register as fold_entries
from duecare.recommendation.recommendation_at_moment import Recommendation, fold_recommendation
from duecare.recommendation.recommendation_state import state_words
from duecare.report import Paper
from duecare.report.meeting_pack import PackFacts, RecommendationLine
from duecare.report.meeting_pack import meeting_pack as pack_of
from duecare.rulebook.force_policy import read_policy
from duecare.store.oversight import meeting_records as kept
from duecare.use_cases.oversight.meeting_figures import pack_figures
from duecare.use_cases.oversight.view_accountability import who_answers
from duecare.use_cases.recommendations.revisit_claims import every_known
from duecare.vocabulary.london_clock import end_of_day, london_day
from duecare.vocabulary.refusals import Refusal


def meeting_pack(request: Request, config: Config, number: int) -> Paper:
    """The pack for this meeting, as things stand now.

    Shape:   holds figures and posts, and no person.
    Raises:  ACC-003 when the viewer may not see oversight; RCM-041 when there is no such meeting.
    """
    authorise(request, Act.READ_OVERSIGHT, OVERSIGHT)
    register = fold_entries(kept.register_entries())
    meeting = register.meeting(number)
    log_read(request, Act.READ_OVERSIGHT)
    if meeting is None:
        raise Refusal("RCM-041", where=f"meeting {number}", found="no such meeting")
    before, today = register.before(meeting), london_day(request.now)
    vacant = who_answers(request, config, today, counted=False).vacant
    kept_figures = pack_figures(Allowance(read_policy(config.policy).comparison.allowance))
    return pack_of(
        PackFacts(
            meeting=meeting,
            before=before,
            register=register,
            on=today,
            vacant=tuple(
                (vacancy.says or vacancy.who.key, vacancy.who.vacant.value) for vacancy in vacant if vacancy.who.vacant
            ),
            recommendations=tuple(_pack_recommendations(config, request.now, before)),
            figures=kept_figures.figures,
            outside=kept_figures.outside,
            period=kept_figures.period,
        )
    )


def _pack_recommendations(
    config: Config, current_time: datetime, before: Meeting | None
) -> Iterator[RecommendationLine]:
    context = AssessmentContext.at(config, current_time, None)

    def post_holder(post_kind: str, force_area: str, as_of_moment: datetime) -> str | None:
        return context.roster.holder(post_kind, force_area, as_of_moment, context.policy.absence_grace)

    for number, facts in every_known(current_time).items():
        folded = fold_recommendation(facts, current_time)
        if folded is None:
            continue
        standing = standing_of(folded, current_time, context.policy.chasing, post_holder)
        earlier = fold_recommendation(facts, end_of_day(before.held_on)) if before else None
        yield RecommendationLine(
            number=number,
            title=folded.title,
            owner=folded.owner.post_kind.replace("_", " ") if folded.owner else "nobody named",
            state=_standing_words(folded),
            before=_standing_words(earlier) if earlier else "",
            due_on=standing.deadlines[0].due_on,
            is_overdue=standing.rag is Rag.RED,
        )


def _standing_words(recommendation: Recommendation) -> str:
    untaken = (
        f"; its test could not be applied to {recommendation.not_taken.evidence}" if recommendation.not_taken else ""
    )
    return state_words(recommendation.state) + untaken
