"""The roles: what each is for, whose cases it opens (its own, its team's, area's, custody's, all) and which acts it may do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from duecare.access.act import Act


class Reach(Enum):
    """The cases a role opens."""

    NAMED = "cases allocated to them, or which they supervise, by name"
    TEAM = "cases of their team"
    AREA = "cases of their area"
    CUSTODY_NOW = "children in custody now"
    ALL = "every case that is not sealed, restricted ones too"


@dataclass(frozen=True, slots=True)
class Role:
    """The purpose of a role, the cases it opens and the acts it may do.

    Shape:   `reach` is any of; none where it opens nobody. `acts_on_command` and `reach_on_command` are open by
             command line only. `side`: for whom it grades, force or inspectorate; empty where it does not. `party`: on whose
             behalf it speaks in the register of recommendations; empty where it does not.
    """

    name: str
    display: str
    description: str
    reach: frozenset[Reach] = frozenset()
    acts: frozenset[Act] = frozenset()
    acts_on_command: frozenset[Act] = frozenset()
    reach_on_command: frozenset[Reach] = frozenset()
    side: str = ""
    party: str = ""

    def acts_by(self, channel: str) -> frozenset[Act]:
        """The acts this role may do by this channel."""
        return self.acts | self.acts_on_command if channel == "command" else self.acts

    def reach_by(self, channel: str) -> frozenset[Reach]:
        """The cases this role opens by this channel."""
        return self.reach | self.reach_on_command if channel == "command" else self.reach


_ANYONE = frozenset({Act.READ_FRONT, Act.READ_TOTALS, Act.READ_RELEASES})
_CASES = frozenset(
    {Act.READ_LATE_NOW, Act.READ_WORKLIST, Act.READ_FINDINGS, Act.SEARCH, Act.OPEN_CASE, Act.OPEN_PERSON}
)
_LINKS = frozenset(
    {Act.JUDGE_LINK, Act.READ_JUDGEMENTS, Act.READ_DISCLOSED, Act.READ_PAIRS, Act.ANSWER_PAIR, Act.NOTE_PERSON}
)
_BOARDS = frozenset({Act.READ_VISITS, Act.READ_CUSTODY})
_GRADER = frozenset({Act.READ_SAMPLE, Act.GRADE_FILE, Act.REFER_BACK, Act.REVIEW_FILE})
_LEADS_ROUNDS = frozenset({Act.READ_ROUNDS, Act.LEAD_ROUND, Act.OPEN_GRADES, Act.COMPARE, Act.RECONCILE})
_REFERRALS = frozenset({Act.READ_REFERRALS, Act.ANSWER_REFERRAL, Act.ANSWER_ERROR})
_FIGURES = frozenset(
    {Act.READ_FIGURES, Act.RECOMPUTE_FIGURE, Act.READ_OVERSIGHT, Act.READ_RECOMMENDATIONS, Act.READ_ACCOUNTABLE}
)
_OVERSEES = _FIGURES | {Act.ASK_QUESTION, Act.MAKE_RECOMMENDATION, Act.READ_DRAFTS}
_RELEASES = frozenset({Act.DRAFT_RELEASE, Act.CHECK_RELEASE, Act.READ_DRAFTS})
_OWN = frozenset({Reach.NAMED, Reach.TEAM})

ROLES: Final[tuple[Role, ...]] = (
    Role(
        "investigator",
        "Investigator",
        "Opens the cases allocated to them or to their team.",
        reach=_OWN,
        acts=_ANYONE | _CASES | _REFERRALS,
    ),
    Role(
        "offender_manager",
        "Offender manager",
        "Opens the people they or their team manage, and the visits due to them.",
        reach=_OWN,
        acts=_ANYONE | _CASES | {Act.READ_VISITS, Act.SEARCH_GUARDED},
    ),
    Role(
        "supervisor",
        "Supervisor",
        "Opens the cases of their team, and cases where they are named as supervisor.",
        reach=_OWN,
        acts=_ANYONE | _CASES | _BOARDS | _REFERRALS | _LINKS | {Act.SEARCH_GUARDED},
    ),
    Role(
        "custody_officer",
        "Custody officer",
        "Opens only children in custody now.",
        reach=frozenset({Reach.CUSTODY_NOW}),
        acts=_ANYONE | _CASES | {Act.READ_CUSTODY},
    ),
    Role(
        "custody_inspector",
        "Custody inspector",
        "Opens only children in custody now.",
        reach=frozenset({Reach.CUSTODY_NOW}),
        acts=_ANYONE | _CASES | {Act.READ_CUSTODY},
    ),
    Role(
        "mash",
        "MASH decision-maker",
        "Opens the cases of their area.",
        reach=frozenset({Reach.AREA}),
        acts=_ANYONE | _CASES | _BOARDS | _REFERRALS | _LINKS | {Act.SEARCH_GUARDED},
    ),
    Role(
        "detective_inspector",
        "Detective inspector",
        "Opens the cases of their area.",
        reach=frozenset({Reach.AREA}),
        acts=_ANYONE | _CASES | _BOARDS | _REFERRALS | _LINKS | {Act.SEARCH_GUARDED},
    ),
    Role(
        "bcu_lead",
        "Borough command lead",
        "Opens the cases of their area. Signs off what they are accountable for.",
        reach=frozenset({Reach.AREA}),
        acts=_ANYONE
        | _CASES
        | _BOARDS
        | _REFERRALS
        | _FIGURES
        | {Act.OPEN_FIGURE, Act.SIGN_OFF, Act.ANSWER_RECOMMENDATION, Act.ANSWER_QUESTION, Act.EXPLAIN_DIFFERENCE},
        party="force",
    ),
    Role(
        "chief_officer",
        "Chief officer",
        "Opens every case that is not sealed. Names who is accountable, and answers for the force.",
        reach=frozenset({Reach.ALL}),
        acts=_ANYONE
        | _CASES
        | _BOARDS
        | _REFERRALS
        | _FIGURES
        | {Act.OPEN_FIGURE, Act.NAME_ACCOUNTABLE, Act.SIGN_OFF, Act.ANSWER_RECOMMENDATION, Act.ANSWER_QUESTION}
        | {Act.EXPLAIN_DIFFERENCE, Act.READ_DRAFTS, Act.ANSWER_RELEASE, Act.SEARCH_GUARDED}
        | {Act.READ_DELIVERIES, Act.VERIFY_LEDGER, Act.TRY_STANDARD, Act.READ_ROUNDS, Act.COMPARE},
        party="force",
    ),
    Role(
        "policy_lead",
        "Policy lead",
        "Tests draft standards on past cases and sees the results as figures. Never sees a person.",
        acts=_ANYONE | {Act.TRY_STANDARD},
    ),
    Role(
        "auditor",
        "Auditor",
        "Grades for the force. Opens only the files allocated to them, as known when they were drawn.",
        acts=_ANYONE | _GRADER,
        side="force",
    ),
    Role(
        "audit_lead",
        "Lead auditor",
        "Leads audit rounds for the force and opens its grades. Does not grade files or open cases.",
        acts=_ANYONE
        | _LEADS_ROUNDS
        | {Act.EXPORT_GRADES, Act.IMPORT_GRADES, Act.READ_RECOMMENDATIONS, Act.MAKE_RECOMMENDATION},
        side="force",
        party="force",
    ),
    Role(
        "inspector",
        "Inspector",
        "Grades for the inspectorate. Opens only the files allocated to them, as known when they were drawn.",
        acts=_ANYONE | _GRADER,
        side="inspectorate",
    ),
    Role(
        "lead_inspector",
        "Lead inspector",
        "Leads audit rounds for the inspectorate and opens its grades. Does not grade files or open cases.",
        acts=_ANYONE
        | _LEADS_ROUNDS
        | _OVERSEES
        | _RELEASES
        | {Act.EXPORT_GRADES, Act.READ_REFERRALS, Act.CONFIRM_SEEN, Act.VERIFY_RECOMMENDATION},
        side="inspectorate",
        party="inspectorate",
    ),
    Role(
        "mayors_office",
        "Mayor's office",
        "Sees figures and records meetings. Never sees a person. Can have the ledger verified.",
        acts=_ANYONE
        | _OVERSEES
        | {Act.VERIFY_LEDGER, Act.RECORD_MEETING, Act.ANSWER_RECOMMENDATION, Act.VERIFY_RECOMMENDATION},
        party="mayors_office",
    ),
    Role(
        "expert",
        "Expert group",
        "Sees figures, asks questions and makes recommendations. Never sees a person. Can have the ledger verified.",
        acts=_ANYONE | _OVERSEES | {Act.VERIFY_LEDGER},
        party="expert_group",
    ),
    Role(
        "home_office",
        "Home Office",
        "Sees figures only, never a person. Sees a release early only if they are on its access list.",
        acts=_ANYONE | {Act.READ_DRAFTS, Act.READ_RECOMMENDATIONS},
    ),
    Role(
        "statistician",
        "Statistician",
        "Saves figures, drafts releases and checks those of others. Never sees a person.",
        acts=_ANYONE | _FIGURES | _RELEASES | {Act.TAKE_SNAPSHOT},
    ),
    Role("public", "The public", "Sees figures only, never a person.", acts=_ANYONE),
    Role(
        "data_officer",
        "Data officer",
        "Receives deliveries, links records, assesses cases and exports. Opens cases that are not sealed, by command line only.",
        acts=_ANYONE
        | {
            Act.READ_DELIVERIES,
            Act.RECEIVE,
            Act.EXPORT_SET_ASIDE,
            Act.LINK,
            Act.SAMPLE_LINKS,
            Act.EXPORT_PEOPLE,
            Act.ASSESS,
            Act.IMPORT_TOTALS,
            Act.VERIFY_LEDGER,
            Act.ANCHOR_LEDGER,
            Act.READ_DIGEST,
            Act.TAKE_SNAPSHOT,
            Act.IMPORT_RECOMMENDATIONS,
        }
        | _FIGURES,
        acts_on_command=_CASES
        | _BOARDS
        | _LINKS
        | {Act.READ_LEDGER, Act.ENROL, Act.TRY_STANDARD, Act.IMPORT_GRADES, Act.COMPARE, Act.EXPORT_GRADES}
        | {Act.READ_REFERRALS, Act.OPEN_FIGURE, Act.NAME_ACCOUNTABLE, Act.DRAFT_RELEASE, Act.SEARCH_GUARDED},
        reach_on_command=frozenset({Reach.ALL}),
    ),
)

ROLE: Final[Mapping[str, Role]] = MappingProxyType({role.name: role for role in ROLES})


def grades_blind(names: Iterable[str]) -> bool:
    """Whether these roles are for blind grading, and show nothing besides that a grade could follow.

    Shape:   they grade for one side only, lead no round, and open no case by any channel.
    """
    held = [ROLE[name] for name in names if name in ROLE]
    of_a_side = [role for role in held if role.side]
    return (
        len({role.side for role in of_a_side}) == 1
        and all(Act.GRADE_FILE in role.acts for role in of_a_side)
        and not any(role.reach or role.reach_on_command for role in held)
    )
