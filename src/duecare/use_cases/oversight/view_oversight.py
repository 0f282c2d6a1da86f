"""What oversight asked and agreed: meetings, questions with their answers, actions and what is owed of them."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.thing import OVERSIGHT
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.recommendation.oversight_register import Meeting, Register, fold_register
from duecare.store.oversight import meeting_records as kept
from duecare.vocabulary.refusals import Refusal


def read_oversight(request: Request) -> Register:
    """List every meeting, question and action.

    Raises:  ACC-003 when the viewer may not see it.
    """
    authorise(request, Act.READ_OVERSIGHT, OVERSIGHT)
    folded_register = fold_register(kept.register_entries())
    log_read(request, Act.READ_OVERSIGHT)
    return folded_register


def read_meeting(request: Request, number: int) -> tuple[Meeting, Meeting | None, Register]:
    """This meeting, the one before it of the same body, and everything that was asked and agreed.

    Raises:  ACC-003 when the viewer may not see it; RCM-041 when there is no such meeting.
    """
    authorise(request, Act.READ_OVERSIGHT, OVERSIGHT)
    folded_register = fold_register(kept.register_entries())
    meeting = folded_register.meeting(number)
    log_read(request, Act.READ_OVERSIGHT)
    if meeting is None:
        raise Refusal("RCM-041", where=f"meeting {number}", found="no such meeting")
    return meeting, folded_register.before(meeting), folded_register
