"""Cases that were sent back: how far each has come, who has been notified and who is notified next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from duecare.access.act import Act
from duecare.access.may_open import scope
from duecare.access.thing import REFERRALS
from duecare.assessment.explain_finding import explained
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.audit.referral import REFERRED, Referral, Stage, case_referrals
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.finding import State
from duecare.record.pole import CaseKey, EventRecord
from duecare.rulebook.all_duties import duty_of_id as duty_named
from duecare.store.audit import case_errors
from duecare.store.audit import case_referrals as kept_referrals
from duecare.store.facts.fact_lookup import Facts, facts_of_case, facts_of_person, sealed_cases
from duecare.store.ledger.opaque_ids import CASE_KIND, LedgerRef
from duecare.visibility.case_scope import cases_in_scope, ledger_refs_of_case
from duecare.visibility.display_names import label_of
from duecare.visibility.line_names import line_names
from duecare.visibility.page_types import NOBODY_NAMED, Explained, LineNames
from duecare.visibility.view import Visibility, visibility_for_lists
from duecare.visibility.visible import VisibleFinding
from duecare.vocabulary.refusals import Refusal

DUTIES = frozenset({"LOCAL-referral-back-acknowledged", "LOCAL-referral-back-actioned"})


@dataclass(frozen=True, slots=True)
class ReferralShown:
    """One case sent back, as it is shown.

    Shape:   `danger`, `must_act` and `frozen_hash` are empty where another system sent it back. `next_told` is (post,
             when) of the next to be told while nobody answers, None when nobody is left or it is answered. `is_open`:
             the viewer may open the case. `people` are the ids of the children it was sent back for.
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
    people: tuple[str, ...] = ()

    @property
    def is_reopened(self) -> bool:
        """Whether a later fact of harm stands against the revisit, shown or not."""
        return self.stage is Stage.REOPENED

    @property
    def order(self) -> tuple[bool, datetime]:
        """The order of the list: what is not known to be safe first, then the oldest."""
        return self.stage is Stage.SAFE, self.said.sent.happened_at.earliest


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A case with the number of errors that wait for an answer, and until when the first may be answered before it is final."""

    case: CaseKey
    errors: int
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class CameBack:
    """What came back to the force: cases that were sent back, and errors found in others that wait for an answer.

    Shape:   cases not known to be safe first; errors soonest first, none for whoever answers none. `names` are of the
             cases that the viewer may open.
    """

    cases: tuple[ReferralShown, ...]
    to_answer: tuple[ToAnswer, ...]
    names: LineNames = NOBODY_NAMED


def read_came_back(request: Request, config: Config) -> CameBack:
    """The cases that were sent back, and those in which errors wait for the answer of those criticised.

    Shape:   cut to the cases the viewer may open; whoever confirms that children were seen has all that were sent back
             through Duecare and are not sealed.
    Raises:  ACC-003 unless the viewer's role may.
    """
    authorise(request, Act.READ_REFERRALS, REFERRALS)
    visible = visibility_for_lists(request, config)
    referrals_found, ledger_refs = _sent_back(request, config, visible)
    to_answer = _to_answer(request)
    names = line_names(
        visible,
        [
            *(
                (referral_shown.case, referral_shown.people)
                for referral_shown in referrals_found
                if referral_shown.is_open
            ),
            *((to_answer_line.case, ()) for to_answer_line in to_answer),
        ],
        request.now,
    )
    ledger_refs |= {(CASE_KIND, *to_answer_line.case) for to_answer_line in to_answer}
    log_read(request, Act.READ_REFERRALS, ledger_refs | visible.ledger_refs_of_people(names.people))
    return CameBack(referrals_found, to_answer, names)


def read_referrals(request: Request, config: Config) -> tuple[ReferralShown, ...]:
    """The cases that were sent back, those not known to be safe first.

    Shape:   cut to the cases the viewer may open; whoever confirms that children were seen has all that were sent back
             through Duecare and are not sealed.
    Raises:  ACC-003 unless the viewer's role may.
    """
    authorise(request, Act.READ_REFERRALS, REFERRALS)
    referrals_found, ledger_refs = _sent_back(request, config, visibility_for_lists(request, config))
    log_read(request, Act.READ_REFERRALS, ledger_refs)
    return referrals_found


def _sent_back(
    request: Request, config: Config, visible: Visibility
) -> tuple[tuple[ReferralShown, ...], set[LedgerRef]]:
    cases_held = kept_referrals.cases_sent_back()
    scoped_cases = visible.cases_in_scope(cases_held)
    context = AssessmentContext.at(config, request.now, None)
    referrals_shown: list[ReferralShown] = []
    names: set[LedgerRef] = set()
    for case_key in sorted(cases_held):
        if case_key in scoped_cases or _confirms_seen(request, case_key):
            facts = facts_of_case(case_key, None)
            referrals_shown.extend(
                _shown_referrals(case_key, facts, context, visible, is_open=case_key in scoped_cases)
            )
            names |= ledger_refs_of_case(case_key, visible.facts_shown(facts))
    return tuple(sorted(referrals_shown, key=lambda referral_shown: referral_shown.order)), names


def _to_answer(request: Request) -> tuple[ToAnswer, ...]:
    errors_held = case_errors.put_to_somebody() if Act.ANSWER_ERROR in request.viewer.acts else {}
    scoped_cases = cases_in_scope(scope(request.viewer), errors_held, request.now)
    answers_waiting = [
        ToAnswer(case_key, len(errors), min(found_error.answer_by() for found_error in errors))
        for case_key, errors in errors_held.items()
        if case_key in scoped_cases
    ]
    return tuple(sorted(answers_waiting, key=lambda answer_waiting: answer_waiting.answer_by))


def read_referral(request: Request, config: Config, case_key: CaseKey) -> tuple[ReferralShown, ...]:
    """Every time this case was sent back, the last first.

    Raises:  ACC-003 unless the viewer's role may; ACC-001 where the case is not theirs to see here, or was not sent back.
    """
    authorise(request, Act.READ_REFERRALS, REFERRALS)
    facts = facts_of_case(case_key, None)
    visible = visibility_for_lists(request, config)
    scoped_cases = visible.cases_in_scope([case_key])
    referrals_shown: tuple[ReferralShown, ...] = ()
    if case_key in scoped_cases or _confirms_seen(request, case_key):
        referrals_shown = tuple(
            _shown_referrals(
                case_key,
                facts,
                AssessmentContext.at(config, request.now, None),
                visible,
                is_open=case_key in scoped_cases,
            )
        )
    names = ledger_refs_of_case(case_key, visible.facts_shown(facts)) if referrals_shown else set()
    log_read(request, Act.READ_REFERRALS, names)
    if not referrals_shown:
        raise Refusal("ACC-001")
    return tuple(reversed(referrals_shown))


def referrals_of(case_key: CaseKey, facts: Facts) -> tuple[Referral, ...]:
    """Every time this case was sent back, with what its children's other cases show since."""
    own_events = [event for event in facts.events if event.case == case_key]
    children = {
        facts.whose[involvement.record]
        for event in own_events
        if event.kind == "case_referred_back"
        for involvement in event.ties
    }
    elsewhere: list[EventRecord] = []
    person_of_record = dict(facts.whose)
    for child in sorted(children):
        _, theirs = facts_of_person(child, None)
        elsewhere.extend(theirs.events)
        person_of_record |= theirs.whose
    return case_referrals(own_events, elsewhere, person_of_record)


def _confirms_seen(request: Request, case_key: CaseKey) -> bool:
    confirms = Act.CONFIRM_SEEN in request.viewer.acts and bool(kept_referrals.kept_of(case_key))
    return confirms and case_key not in sealed_cases()


def _shown_referrals(
    case_key: CaseKey, facts: Facts, context: AssessmentContext, visible: Visibility, *, is_open: bool
) -> list[ReferralShown]:
    kept_rows = kept_referrals.kept_of(case_key)
    about = [finding for finding in context.case(case_key, facts) if finding.duty in DUTIES]
    findings_owed = visible.for_findings(about).findings_shown(about)
    facts_shown = visible.facts_shown(facts)
    children = {
        (event.source, event.event_id): ", ".join(
            sorted({label_of(involvement.record, facts_shown) for involvement in event.ties})
        )
        for event in facts_shown.events
        if event.case == case_key and event.kind == REFERRED
    }
    referrals_shown = []
    for referral in referrals_of(case_key, facts):
        kept_row = kept_rows.get(referral.sent.event_id)
        own_findings = [
            finding for finding in findings_owed if finding.started_at == referral.sent.happened_at.earliest
        ]
        confirmed_at = kept_row.seen_confirmed_at if kept_row else None
        referrals_shown.append(
            ReferralShown(
                case=case_key,
                child=children.get((referral.sent.source, referral.sent.event_id), ""),
                danger=kept_row.danger if kept_row else referral.sent.text,
                must_act=kept_row.must_act if kept_row else "",
                round=kept_row.round if kept_row else "",
                frozen_hash=kept_row.frozen_hash if kept_row else "",
                said=_without_sealed(referral, visible),
                stage=referral.stage(confirmed_at),
                confirmed_at=confirmed_at,
                findings=tuple(explained(finding, context.policy) for finding in own_findings),
                next_told=_next_told(own_findings, context.as_of),
                is_open=is_open,
                people=tuple(sorted({facts.whose[involvement.record] for involvement in referral.sent.ties})),
            )
        )
    return referrals_shown


def _without_sealed(referral: Referral, visible: Visibility) -> Referral:
    """This referral without the visits and harm that only a sealed case tells of: harm opens it again all the same."""
    sealed = visible.sealed.cases
    return replace(
        referral,
        seen=tuple(event for event in referral.seen if event.case not in sealed),
        against=tuple(event for event in referral.against if event.case not in sealed),
    )


def _next_told(findings: list[VisibleFinding], as_of: datetime) -> tuple[str, datetime] | None:
    rungs_due = [
        (finding.due_at + timedelta(hours=ladder_rung.hours), ladder_rung.role)
        for finding in findings
        if finding.state in {State.OPEN, State.OVERDUE} and finding.due_at is not None
        for ladder_rung in duty_named(finding.duty).ladder
    ]
    next_moment, role_name = min((rung_due for rung_due in rungs_due if rung_due[0] > as_of), default=(None, ""))
    return (role_name, next_moment) if next_moment is not None else None
