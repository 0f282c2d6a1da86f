"""Made-up audits for a demo: three rounds in which the force is too generous to itself, and less so each time."""

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
    """Write the grades of three made-up rounds to a file and import it as an audit run elsewhere; the number of grades.

    Shape:   the same store gives the same grades; sealed cases are in none.
    Raises:  STO-001 outside a demo, and where nothing has been assessed; as `import_grades`.
    """
    assess_run = assessment_runs.run_in_force()
    if assess_run is None or not accounts.is_demo():
        raise Refusal("STO-001", found="no assessment" if assess_run is None else "no demo")
    cases_late = assessment_runs.cases_ever_late(assess_run.id)
    sealed_keys = sealed_cases()
    known_cases = cases_known(cases_late.keys() - sealed_keys, None)
    folder.mkdir(parents=True, exist_ok=True)
    file_path = folder / "grades.csv"
    with file_path.open("w", newline="", encoding="utf-8") as grades_file:
        writer = csv.writer(grades_file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for number, (days_ago, error_found, passed) in enumerate(ROUNDS, 1):
            round_moment = request.now - timedelta(days=days_ago)
            files = [
                (case_key, case_record.kind, case_record.area)
                for case_key, case_record in sorted(known_cases.items())
                if case_record.opened_at is not None
                and case_record.opened_at.latest < round_moment
                and case_record.area
            ]
            writer.writerows(
                _grade_rows(
                    f"made-up-{round_moment:%Y-%m}",
                    round_moment,
                    files,
                    cases_late,
                    (error_found, passed),
                    Chance(number),
                )
            )
    return len(import_grades(request, file_path).accepted)


def _grade_rows(
    round_name: str,
    round_moment: datetime,
    files: list[tuple[CaseKey, str, str]],
    cases_late: dict[CaseKey, bool],
    likely: tuple[float, float],
    chance: Chance,
) -> Iterator[tuple[str, ...]]:
    files_left = list(files)
    for number in range(min(FILES, len(files_left))):
        case_key, case_kind, force_area = files_left.pop(chance.between(0, len(files_left) - 1))
        is_below = chance.within(likely[0] if cases_late[case_key] else WITHOUT_BREACH)
        grades = {
            "inspectorate": "good" if not is_below else chance.one(("requires_improvement", "inadequate")),
            "force": "good" if not is_below or chance.within(likely[1]) else "requires_improvement",
        }
        for audit_side, grade in grades.items():
            refers_back = "true" if audit_side == "inspectorate" and is_below and chance.within(REFERRED) else "false"
            grader = f"{audit_side}-{number % 4 + 1}"
            yield (
                round_name,
                case_key.case_ref,
                case_key.source,
                "paired",
                audit_side,
                grader,
                case_kind,
                force_area,
                grade,
                refers_back,
                iso_text(round_moment),
            )
