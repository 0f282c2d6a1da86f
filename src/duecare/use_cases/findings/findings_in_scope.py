"""List the findings of duties, now or as they stood at any moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from duecare.access.act import Act
from duecare.access.thing import FINDINGS
from duecare.assessment.all_findings import every_finding
from duecare.assessment.rules_in_force import AssessmentContext, assess_case
from duecare.assessment.selected_duties import only_duties
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey
from duecare.store.facts.fact_lookup import facts_of_person, keys_of_case_ref
from duecare.store.linkage.linked_people import id_in_force
from duecare.visibility.case_scope import ledger_refs_of_findings
from duecare.visibility.view import visibility_for_lists
from duecare.visibility.visible import VisibleFinding
from duecare.vocabulary.areas import plain_area


@dataclass(frozen=True, slots=True)
class Wanted:
    """The findings asked for; None asks for all."""

    state: str | None = None
    duty: str | None = None
    ref: str | None = None
    case: str | None = None
    person: str | None = None
    area: str | None = None

    def admits(self, finding: Finding) -> bool:
        """Whether this is one of them."""
        return (
            (self.state is None or finding.state.value == self.state)
            and (self.duty is None or finding.duty == self.duty)
            and (self.ref is None or finding.ref == self.ref)
            and (self.case is None or finding.case_ref == self.case)
            and (self.area is None or plain_area(finding.area) == plain_area(self.area))
        )


def read_findings(
    request: Request,
    config: Config,
    wanted_findings: Wanted,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> list[VisibleFinding]:
    """The findings asked for, cut to what the viewer may open.

    Shape:   ordered by due_at, source, case_ref, finding. Always assessed from the facts at this moment. What the viewer
             may open is what they may open now, whatever moment is asked for.
    Raises:  ACC-003 when the viewer may not list findings.
    """
    authorise(request, Act.READ_FINDINGS, FINDINGS)
    check_ledger_writable(request, Act.READ_FINDINGS)
    visible = visibility_for_lists(request, config)
    context = AssessmentContext.at(config, as_of or request.now, known_at)
    is_there = wanted_findings.person is None or visible.answers_to(wanted_findings.person)
    findings_shown = visible.findings_in_scope(assess_wanted(context, wanted_findings) if is_there else ())
    log_read(request, Act.READ_FINDINGS, ledger_refs_of_findings(findings_shown))
    return sorted(findings_shown, key=in_order)


def assess_wanted(context: AssessmentContext, wanted_findings: Wanted) -> list[Finding]:
    """The findings asked for, whoever may see them."""
    context = only_duties(context, wanted_findings.duty, wanted_findings.ref)
    return [finding for finding in _assess_wanted(context, wanted_findings) if wanted_findings.admits(finding)]


def in_order(finding: Finding) -> tuple[bool, float, str, str, str]:
    """The order of the exchange: due_at, source, case_ref, finding; without a due time last."""
    due_moment = finding.due_at
    return (
        due_moment is None,
        due_moment.timestamp() if due_moment else 0.0,
        finding.source,
        finding.case_ref or "",
        finding.finding,
    )


def _assess_wanted(context: AssessmentContext, wanted_findings: Wanted) -> Iterable[Finding]:
    if wanted_findings.case is not None:
        for case_key in keys_of_case_ref(wanted_findings.case):
            yield from assess_case(case_key, context).findings
        return
    if wanted_findings.person is not None:
        yield from _of_person(context, wanted_findings.person)
        return
    yield from every_finding(context)


def _of_person(context: AssessmentContext, asked: str) -> Iterable[Finding]:
    person = id_in_force(asked)
    if person is None:
        return
    records, facts = facts_of_person(person, context.known_at)
    yield from context.person(person, records, facts)
    person_cases = {
        event.case for event in facts.events if any(involvement.record in records for involvement in event.ties)
    }
    for case_key in sorted(case_key for case_key in person_cases if case_key is not None):
        yield from context.case(CaseKey(*case_key), facts)
