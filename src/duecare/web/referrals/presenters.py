"""Cases sent back, in words: how far each has come."""

from __future__ import annotations

from duecare.audit.referral import Stage
from duecare.use_cases.referrals.list_referrals import ReferralShown
from duecare.web.site.formatting.tag import Tag

_STAGES = {
    Stage.REFERRED: ("No answer yet", "red"),
    Stage.ACKNOWLEDGED: ("Acknowledged, no action yet", "orange"),
    Stage.ACTIONED: ("Acted on, child not confirmed seen", "orange"),
    Stage.SEEN: ("Child confirmed seen, not revisited yet", ""),
    Stage.SAFE: ("No further harm found", "green"),
    Stage.HARMED: ("Further harm found", "red"),
    Stage.REOPENED: ("Open again: later evidence of harm", "red"),
}


_NEXT = {
    Stage.REFERRED: "The person responsible for the case in the force acknowledges it here.",
    Stage.ACKNOWLEDGED: "The person responsible for the case in the force makes the child safe, and records what they did here.",
    Stage.SEEN: "The person responsible for the case in the force revisits it, and records what they found here.",
    Stage.SAFE: "Nothing. If later evidence shows harm to the child in any case, this opens again automatically.",
    Stage.HARMED: "The force acts again, records it here, and revisits the case once more.",
    Stage.REOPENED: "The force acts again, records it here, and revisits the case once more.",
}
_UNSEEN = (
    "Someone sees the child and records the visit in the force’s own system. You cannot record it here. Once we receive the "
    "record, a lead inspector confirms it."
)
_UNCONFIRMED = "A lead inspector who took no part confirms here that the child was seen."


def next_words(referral: ReferralShown) -> str:
    """What comes next, and who must do it."""
    if referral.stage is Stage.ACTIONED:
        return _UNCONFIRMED if referral.said.seen else _UNSEEN
    return _NEXT[referral.stage]


def stage_tag(stage: Stage) -> Tag:
    """The tag that says how far a case sent back has come."""
    words, colour = _STAGES[stage]
    return Tag(words, colour)


FILTERS = {"stage_tag": stage_tag}
