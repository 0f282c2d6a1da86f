"""The pack for a meeting: put together from what is held now, and what was held at the last meeting."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.thing import OVERSIGHT
from duecare.config import Config
from duecare.recommendation.oversight import fold
from duecare.report import Paper
from duecare.report.meeting_pack import PackFacts
from duecare.report.meeting_pack import meeting_pack as pack_of
from duecare.steps.asking import Asking
from duecare.steps.read_accountable import who_answers
from duecare.steps.shape import ask, consulted
from duecare.store import oversight as kept
from duecare.vocabulary.moments import london_day
from duecare.vocabulary.refusals import Refusal


def meeting_pack(asking: Asking, config: Config, number: int) -> Paper:
    """The pack for this meeting, as things stand now.

    Shape:   holds figures and posts, and no person.
    Raises:  ACC-003 when the viewer may not see oversight; RCM-041 when there is no such meeting.
    """
    ask(asking, Act.READ_OVERSIGHT, OVERSIGHT)
    register = fold(kept.entries())
    meeting = register.meeting(number)
    consulted(asking, Act.READ_OVERSIGHT)
    if meeting is None:
        raise Refusal("RCM-041", where=f"meeting {number}", found="no such meeting")
    on = london_day(asking.now)
    vacant = who_answers(asking, config, on, counted=False).vacant
    return pack_of(
        PackFacts(
            meeting=meeting,
            before=register.before(meeting),
            register=register,
            on=on,
            vacant=tuple(
                (one.says or one.who.key, one.who.vacant.value) for one in vacant if one.who.vacant
            ),
            recommendations=(),
        )
    )
