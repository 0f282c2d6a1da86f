"""Cases sent back, in words: how far each has come."""

from __future__ import annotations

from duecare.audit.referral import Stage
from duecare.use_cases.referrals.list_referrals import ReferralShown
from duecare.web.site.formatting.tag import Tag

_STAGES = {
    Stage.REFERRED: ("Nobody has answered", "red"),
    Stage.ACKNOWLEDGED: ("Acknowledged, nothing done yet", "orange"),
    Stage.ACTIONED: ("Acted on, child not confirmed seen", "orange"),
    Stage.SEEN: ("Child confirmed seen, not revisited yet", ""),
    Stage.SAFE: ("No further harm found", "green"),
    Stage.HARMED: ("Further harm found", "red"),
    Stage.REOPENED: ("Open again: a later fact speaks against it", "red"),
}


_NEXT = {
    Stage.REFERRED: "Whoever answers for the case in the force acknowledges it, here.",
    Stage.ACKNOWLEDGED: "Whoever answers for the case in the force makes the child safe, and records here what was done.",
    Stage.SEEN: "Whoever answers for the case in the force revisits it, and records here how it looked.",
    Stage.SAFE: "Nothing. A later fact of harm to the child, in any case, opens it again by itself.",
    Stage.HARMED: "The force acts again, records it here, and revisits the case once more.",
    Stage.REOPENED: "The force acts again, records it here, and revisits the case once more.",
}
_UNSEEN = (
    "The child is seen, and the system in which that is recorded delivers it: it cannot be written here. "
    "Then a lead inspector confirms it."
)
_UNCONFIRMED = "A lead inspector who had no part in it confirms, here, that the child was seen."


def next_words(one: ReferralShown) -> str:
    """What comes next, and who must do it?"""
    if one.stage is Stage.ACTIONED:
        return _UNCONFIRMED if one.said.seen else _UNSEEN
    return _NEXT[one.stage]


def stage_tag(stage: Stage) -> Tag:
    """How far has it come, in words and with a colour?"""
    words, colour = _STAGES[stage]
    return Tag(words, colour)


FILTERS = {"stage_tag": stage_tag}
