"""Made-up audits for a demo: three rounds in which the force is kinder to itself than inspectors are, and less so each time."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from duecare.audit.grading.imported_case_grade import COLUMNS
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.store import accounts
from duecare.store.facts.fact_lookup import cases_known, sealed_cases
from duecare.store.findings import assessment_runs
from duecare.synthetic.chance import Chance
from duecare.use_cases.audit.import_grades import import_grades
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

FILES = 132
ROUNDS = ((400, 0.85, 0.80), (220, 0.75, 0.70), (40, 0.60, 0.55))
"""How many days ago, how likely inspectors find a file below standard that has a late duty, how often the force passes such."""
WITHOUT_BREACH, REFERRED = 0.45, 0.12


def grade_made_up(request: Request, folder: Path) -> int:
    """Write the grades of three made-up rounds as a file, and take it in as any audit run elsewhere; how many grades?

    Shape:   the same store gives the same grades; sealed cases are in none.
    Raises:  STO-001 outside a demo, and where nothing has been assessed; as `import_grades`.
    """
    run = assessment_runs.run_in_force()
    if run is None or not accounts.is_demo():
        raise Refusal("STO-001", found="no assessment" if run is None else "no demo")
    late = assessment_runs.cases_ever_late(run.pk)
    shut = sealed_cases()
    held = cases_known(late.keys() - shut, None)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "grades.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for number, (days, found, passed) in enumerate(ROUNDS, 1):
            at = request.now - timedelta(days=days)
            files = [
                (key, case.kind, case.area)
                for key, case in sorted(held.items())
                if case.opened_at is not None and case.opened_at.latest < at and case.area
            ]
            writer.writerows(_rows(f"made-up-{at:%Y-%m}", at, files, late, (found, passed), Chance(number)))
    return len(import_grades(request, path).accepted)


def _rows(
    name: str,
    at: datetime,
    files: list[tuple[CaseKey, str, str]],
    late: dict[CaseKey, bool],
    likely: tuple[float, float],
    chance: Chance,
) -> Iterator[tuple[str, ...]]:
    left = list(files)
    for number in range(min(FILES, len(left))):
        key, kind, area = left.pop(chance.between(0, len(left) - 1))
        is_below = chance.within(likely[0] if late[key] else WITHOUT_BREACH)
        grades = {
            "inspectorate": "good" if not is_below else chance.one(("requires_improvement", "inadequate")),
            "force": "good" if not is_below or chance.within(likely[1]) else "requires_improvement",
        }
        for side, grade in grades.items():
            back = "true" if side == "inspectorate" and is_below and chance.within(REFERRED) else "false"
            grader = f"{side}-{number % 4 + 1}"
            yield name, key.case_ref, key.source, "paired", side, grader, kind, area, grade, back, iso_text(at)
