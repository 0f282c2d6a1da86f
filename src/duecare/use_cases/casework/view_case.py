"""The page of one case: who is in it, what happened, which duties are owed, met or late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.access.act import Act
from duecare.assessment.explain_finding import explained
from duecare.assessment.rules_in_force import AssessmentContext, assess_case
from duecare.assessment.source_freshness import source_freshness
from duecare.authorisation.authorise import authorise, log_read, refuse_as_absent
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.record.pole import CaseKey, RecordKey
from duecare.store.audit import case_errors
from duecare.store.facts.fact_lookup import Facts, facts_of_case
from duecare.store.figures import figure_members, figure_snapshots
from duecare.visibility.case_scope import case_thing, ledger_refs_of_case
from duecare.visibility.display_names import label_of
from duecare.visibility.page_types import CasePage
from duecare.visibility.sealed_filter import marked_as_now
from duecare.visibility.timeline import as_of_then
from duecare.visibility.view import visibility_of
from duecare.visibility.visible import VisibleFinding


def read_case(
    request: Request, source: str, case_ref: str, *, as_of: datetime | None = None, known_at: datetime | None = None
) -> CasePage:
    """One case as it stood at `as_of`, as known at `known_at`.

    Shape:   of a case that may be opened and of which nothing was known by then, the page is empty.
    Raises:  ACC-001 where the viewer may not open it, and where there is none: the answer is the same.
    """
    case_key = CaseKey(source, case_ref)
    facts_now = facts_of_case(case_key, None)
    authorise(
        request,
        Act.OPEN_CASE,
        case_thing(case_key, facts_now, request.now),
        ledger_refs_of_case(case_key, facts_now) if facts_now.events else (),
    )
    config = read_config()
    context = AssessmentContext.at(config, as_of or request.now, known_at)
    assessed_case = assess_case(case_key, context)
    if not facts_now.events and case_key not in facts_now.cases:
        refuse_as_absent(request, Act.OPEN_CASE)
    facts_then = assessed_case.facts if known_at is None else marked_as_now(assessed_case.facts)
    visible = visibility_of(request, config, facts_then, assessed_case.findings, cases=[case_key])
    if visible.pointer_only.hides_case(case_key):
        case_page = CasePage(
            case_key,
            None,
            (),
            "",
            "",
            (),
            (),
            context.as_of,
            known_at,
            source_freshness(request.now),
            visible.notices_shown([case_key.source]),
        )
        log_read(request, Act.OPEN_CASE, ledger_refs_of_case(case_key, visible.facts_shown(assessed_case.facts)))
        return case_page
    facts = visible.facts_shown(facts_then)
    findings = visible.findings_shown(assessed_case.findings)
    finding_ids = {finding.finding for finding in findings}
    unsealed = visible.findings_not_sealed(assessed_case.findings)
    hidden = {
        fact_rule.source for finding in unsealed if finding.finding not in finding_ids for fact_rule in finding.evidence
    }
    case_page = CasePage(
        key=case_key,
        case=as_of_then(facts.cases.get(case_key), context.as_of),
        people=_people_roles(visible.facts_to_name(facts_then), context.as_of),
        owner=assessed_case.owner.officer,
        danger_words=assessed_case.danger.kind.value if assessed_case.danger else "",
        timeline=visible.timeline_shown(facts.events, facts_then, context.as_of),
        findings=tuple(explained(finding, context.policy) for finding in _in_order(findings)),
        as_of=context.as_of,
        known_at=known_at,
        fresh=source_freshness(request.now),
        notices=visible.notices_shown(hidden),
        to_answer=len(case_errors.errors_in(case_key)) if Act.ANSWER_ERROR in request.viewer.acts else 0,
        counted_in=_counted_in(case_key) if Act.OPEN_FIGURE in request.viewer.acts else (),
    )
    log_read(request, Act.OPEN_CASE, ledger_refs_of_case(case_key, facts))
    return case_page


def _counted_in(case_key: CaseKey) -> tuple[tuple[str, str, str], ...]:
    """The figures that count it, in the latest snapshot of each period."""
    periods = {number: period for period, number in figure_snapshots.latest_of_each_period().items()}
    return tuple(
        (periods[number], figure, figure_catalogue()[figure].definition.title)
        for number, figure in figure_members.counted_in(case_key, periods)
        if figure in figure_catalogue()
    )


def _people_roles(facts: Facts, as_of: datetime) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    roles: dict[str, set[str]] = {}
    records: dict[str, RecordKey] = {}
    for event in facts.events:
        if event.happened_at.earliest > as_of:
            continue
        for involvement in event.ties:
            person = facts.whose[involvement.record]
            roles.setdefault(person, set()).add(involvement.role)
            records[person] = min(involvement.record, records.get(person, involvement.record))
    return tuple(
        (person, label_of(records[person], facts), tuple(sorted(roles[person])))
        for person in sorted(roles, key=lambda person: (sorted(roles[person]), label_of(records[person], facts)))
    )


def _in_order(findings: Iterable[VisibleFinding]) -> list[VisibleFinding]:
    return sorted(
        findings,
        key=lambda finding: (
            finding.due_at is None,
            finding.due_at.timestamp() if finding.due_at else 0,
            finding.ref,
            finding.finding,
        ),
    )
