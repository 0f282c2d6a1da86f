"""The duties late in the files of a round, as known at the draw, beside the grades that both sides have opened."""

from __future__ import annotations

from functools import cache

from duecare.access.act import Act
from duecare.access.thing import GRADES
from duecare.audit.graded_file import GradedFile
from duecare.config import Config
from duecare.duty.finding import Finding
from duecare.figure import Beside, beside
from duecare.record.pole import CaseKey
from duecare.steps.asking import Asking
from duecare.steps.compare_grades import of_opened, open_round, refusing_blind
from duecare.steps.reckoning import PersonReckoned, Reckoning, reckon_case, reckon_person
from duecare.steps.sealed import sealed_people
from duecare.steps.shape import ask, consulted, rehearse
from duecare.store import opened_grades
from duecare.store.facts import sealed_cases
from duecare.store.handles import CASE
from duecare.store.models import Round


def machine_beside(asking: Asking, config: Config, round_name: str) -> Beside:
    """Which duties were late in the files of this round, and which grades does that put in question?

    Shape:   findings as at the draw, from what was known by then; nothing of what is sealed.
    Raises:  ACC-003 when the viewer may not; AUD-041 where no such round was drawn here; AUD-042 while it is blind.
    """
    ask(asking, Act.COMPARE, GRADES)
    with refusing_blind(asking, Act.COMPARE):
        own = open_round(round_name)
    rehearse(asking, Act.COMPARE)
    found = beside_of(config, own, opened_grades.as_files(own, opened_grades.opened_files(own)))
    consulted(asking, Act.COMPARE, {(CASE, *one.key) for one in found.files})
    return found


def beside_of(config: Config, own: Round, files: tuple[GradedFile, ...]) -> Beside:
    """The same of opened files, for a step that has asked and writes its own line."""
    assert own.known_at is not None, "a round with grades has been drawn"
    by = Reckoning.at(config, own.known_at, own.known_at)
    shut_cases, shut_people = sealed_cases(), sealed_people()

    @cache
    def person(one: str) -> PersonReckoned:
        return reckon_person(one, by)

    findings: dict[tuple[str, str], tuple[Finding, ...]] = {}
    for file in files:
        key = CaseKey(file.case_source, file.case_ref)
        if key not in shut_cases:
            findings[key] = tuple(
                finding for finding in reckon_case(key, by, person).findings if finding.person not in shut_people
            )
    return beside(files, findings, of_opened(own, files).schemes, by.policy.allocation_duty)
