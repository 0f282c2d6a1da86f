"""Cases that were sent back: which there are, how far each has come, who has been told and who is told next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from duecare.access.act import Act
from duecare.access.scope import scope
from duecare.access.thing import REFERRALS
from duecare.assessment.explain_finding import explained
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.audit.referral import Referral, Stage, case_referrals
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.finding import State
from duecare.record.pole import CaseKey, EventRecord
from duecare.rulebook.all_duties import duty_of_id as duty_named
from duecare.store.audit import case_errors
from duecare.store.audit import case_referrals as kept_referrals
from duecare.store.facts.fact_lookup import Facts, facts_of_case, facts_of_person, sealed_cases
from duecare.store.ledger.opaque_ids import CASE, Name
from duecare.store.models import ReferredBack
from duecare.visibility.case_scope import cases_in_scope, ledger_refs_of_case
from duecare.visibility.display_names import label_of
from duecare.visibility.page_types import Explained
from duecare.visibility.view import Visibility, visibility_for_lists
from duecare.visibility.visible import VisibleFinding
from duecare.vocabulary.refusals import Refusal

DUTIES = frozenset({"LOCAL-referral-back-acknowledged", "LOCAL-referral-back-actioned"})


@dataclass(frozen=True, slots=True)
class ReferralShown:
    """One case sent back, as it is shown.

    Shape:   `danger`, `must_act` and `frozen_hash` are empty where another system sent it back. `next_told` is (post,
             when) of the next to be told while nobody answers, None when nobody is left or it is answered. `is_open`:
             the viewer may open the case.
    """

    case: CaseKey
    child: str
    danger: str
    must_act: str
    round: str
    frozen_hash: str
    said: Referral
    stage: Stage
    confirmed_at: datetime | None
    findings: tuple[Explained, ...]
    next_told: tuple[str, datetime] | None
    is_open: bool

    @property
    def order(self) -> tuple[bool, datetime]:
        """By what is one listed before another? What is not known to be safe first, then the oldest."""
        return self.stage is Stage.SAFE, self.said.sent.happened_at.earliest


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """In which case do how many errors wait for an answer, and until when may the first be given before it can be final?"""

    case: CaseKey
    errors: int
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class CameBack:
    """What came back to the force: cases that were sent back, and errors found in others that wait for an answer?

    Shape:   cases not known to be safe first; errors soonest first, none for whoever answers none.
    """

    cases: tuple[ReferralShown, ...]
    to_answer: tuple[ToAnswer, ...]


def read_came_back(request: Request, config: Config) -> CameBack:
    """Which cases were sent back, and in which do errors wait for the answer of those criticised?

    Shape:   cut to the cases the viewer may open; whoever confirms that children were seen has all that were sent back
             through Duecare and are not sealed.
    Raises:  ACC-003 unless the viewer's role may.
    """
    authorise(request, Act.READ_REFERRALS, REFERRALS)
    found, names = _sent_back(request, config)
    to_answer = _to_answer(request)
    log_read(request, Act.READ_REFERRALS, names | {(CASE, *one.case) for one in to_answer})
    return CameBack(found, to_answer)


def read_referrals(request: Request, config: Config) -> tuple[ReferralShown, ...]:
    """Which cases were sent back, those not known to be safe first?

    Shape:   cut to the cases the viewer may open; whoever confirms that children were seen has all that were sent back
             through Duecare and are not sealed.
    Raises:  ACC-003 unless the viewer's role may.
    """
    authorise(request, Act.READ_REFERRALS, REFERRALS)
    found, names = _sent_back(request, config)
    log_read(request, Act.READ_REFERRALS, names)
    return found


def _sent_back(request: Request, config: Config) -> tuple[tuple[ReferralShown, ...], set[Name]]:
    held = kept_referrals.cases_sent_back()
    visible = visibility_for_lists(request, config)
    mine = visible.cases_in_scope(held)
    by = AssessmentContext.at(config, request.now, None)
    found: list[ReferralShown] = []
    names: set[Name] = set()
    for case in sorted(held):
        if case in mine or _confirms(request, case):
            facts = facts_of_case(case, None)
            found.extend(_shown(case, facts, by, visible, is_open=case in mine))
            names |= ledger_refs_of_case(case, facts)
    return tuple(sorted(found, key=lambda one: one.order)), names


def _to_answer(request: Request) -> tuple[ToAnswer, ...]:
    held = case_errors.put_to_somebody() if Act.ANSWER_ERROR in request.viewer.acts else {}
    mine = cases_in_scope(scope(request.viewer), held, request.now)
    found = [
        ToAnswer(case, len(errors), min(one.answer_by() for one in errors))
        for case, errors in held.items()
        if case in mine
    ]
    return tuple(sorted(found, key=lambda one: one.answer_by))


def read_referral(request: Request, config: Config, case: CaseKey) -> tuple[ReferralShown, ...]:
    """Every time this case was sent back, the last first.

    Raises:  ACC-003 unless the viewer's role may; ACC-001 where the case is not theirs to see here, or was not sent back.
    """
    authorise(request, Act.READ_REFERRALS, REFERRALS)
    facts = facts_of_case(case, None)
    visible = visibility_for_lists(request, config)
    mine = visible.cases_in_scope([case])
    found: tuple[ReferralShown, ...] = ()
    if case in mine or _confirms(request, case):
        found = tuple(
            _shown(case, facts, AssessmentContext.at(config, request.now, None), visible, is_open=case in mine)
        )
    log_read(request, Act.READ_REFERRALS, ledger_refs_of_case(case, facts) if found else ())
    if not found:
        raise Refusal("ACC-001")
    return tuple(reversed(found))


def referrals_of(case: CaseKey, facts: Facts) -> tuple[Referral, ...]:
    """Every time this case was sent back, with what its children's other cases tell since."""
    own = [event for event in facts.events if event.case == case]
    children = {facts.whose[tie.record] for event in own if event.kind == "case_referred_back" for tie in event.ties}
    elsewhere: list[EventRecord] = []
    whose = dict(facts.whose)
    for child in sorted(children):
        _, theirs = facts_of_person(child, None)
        elsewhere.extend(theirs.events)
        whose |= theirs.whose
    return case_referrals(own, elsewhere, whose)


def _confirms(request: Request, case: CaseKey) -> bool:
    confirms = Act.CONFIRM_SEEN in request.viewer.acts and bool(kept_referrals.kept_of(case))
    return confirms and case not in sealed_cases()


def _shown(
    case: CaseKey, facts: Facts, by: AssessmentContext, visible: Visibility, *, is_open: bool
) -> list[ReferralShown]:
    kept = kept_referrals.kept_of(case)
    about = [finding for finding in by.case(case, facts) if finding.duty in DUTIES]
    owed = visible.for_findings(about).findings_shown(about)
    found = []
    for said in referrals_of(case, facts):
        row: ReferredBack | None = kept.get(said.sent.event_id)
        mine = [one for one in owed if one.started_at == said.sent.happened_at.earliest]
        confirmed_at = row.seen_confirmed_at if row else None
        found.append(
            ReferralShown(
                case=case,
                child=", ".join(sorted({label_of(tie.record, facts) for tie in said.sent.ties})),
                danger=row.danger if row else said.sent.text,
                must_act=row.must_act if row else "",
                round=row.round.name if row and row.round else "",
                frozen_hash=row.frozen_hash if row else "",
                said=said,
                stage=said.stage(confirmed_at),
                confirmed_at=confirmed_at,
                findings=tuple(explained(one, by.policy) for one in mine),
                next_told=_next_told(mine, by.as_of),
                is_open=is_open,
            )
        )
    return found


def _next_told(findings: list[VisibleFinding], as_of: datetime) -> tuple[str, datetime] | None:
    due = [
        (finding.due_at + timedelta(hours=rung.hours), rung.role)
        for finding in findings
        if finding.state in {State.OPEN, State.OVERDUE} and finding.due_at is not None
        for rung in duty_named(finding.duty).ladder
    ]
    at, role = min((one for one in due if one[0] > as_of), default=(None, ""))
    return (role, at) if at is not None else None
