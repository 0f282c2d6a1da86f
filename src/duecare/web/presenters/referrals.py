"""Cases sent back, in words: how far each has come."""

from __future__ import annotations

from duecare.audit.referral import Stage
from duecare.web.presenters.tag import Tag

_STAGES = {
    Stage.REFERRED: ("Nobody has answered", "red"),
    Stage.ACKNOWLEDGED: ("Acknowledged, nothing done yet", "orange"),
    Stage.ACTIONED: ("Acted on, child not confirmed seen", "orange"),
    Stage.SEEN: ("Child confirmed seen, not revisited yet", ""),
    Stage.SAFE: ("No further harm found", "green"),
    Stage.HARMED: ("Further harm found", "red"),
    Stage.REOPENED: ("Open again: a later fact speaks against it", "red"),
}


def stage_tag(stage: Stage) -> Tag:
    """How far has it come, in words and with a colour?"""
    words, colour = _STAGES[stage]
    return Tag(words, colour)
