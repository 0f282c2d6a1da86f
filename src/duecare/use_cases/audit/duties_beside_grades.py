"""The duties late in the files of a round, as known at the draw, beside the grades that both sides have opened."""

from __future__ import annotations

from functools import cache

from duecare.assessment.rules_in_force import AssessedPerson, AssessmentContext, assess_case, assess_person
from duecare.audit.grading.graded_file import GradedFile
from duecare.config import Config
from duecare.duty.finding import Finding
from duecare.figure import Beside, duties_beside_grades
from duecare.record.pole import CaseKey
from duecare.store.audit.audit_round import AuditRound
from duecare.store.facts.fact_lookup import sealed_cases
from duecare.use_cases.audit.compare_grades import of_opened
from duecare.visibility.sealed_filter import sealed_people


def beside_of(config: Config, own_round: AuditRound, files: tuple[GradedFile, ...]) -> Beside:
    """The duties that were late in these opened files of the round, and the grades that this puts in question.

    Shape:   findings as at the draw, from what was known by then; nothing of what is sealed. For a step that has asked, and
             writes its own line in the ledger.
    """
    assert own_round.known_at is not None, "a round with grades has been drawn"
    context = AssessmentContext.at(config, own_round.known_at, own_round.known_at)
    hidden_cases, hidden_people = sealed_cases(), sealed_people()

    @cache
    def assess_person_once(person_id: str) -> AssessedPerson:
        return assess_person(person_id, context)

    findings: dict[tuple[str, str], tuple[Finding, ...]] = {}
    for sampled_file in files:
        case_key = CaseKey(sampled_file.case_source, sampled_file.case_ref)
        if case_key not in hidden_cases:
            findings[case_key] = tuple(
                finding
                for finding in assess_case(case_key, context, assess_person_once).findings
                if finding.person not in hidden_people
            )
    return duties_beside_grades(files, findings, of_opened(own_round, files).schemes, context.policy.allocation_duty)
