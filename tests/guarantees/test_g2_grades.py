"""G2, of grades: whichever statement fails, a grade and its line in the ledger are both there or neither is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.guarantees.test_g2_failing_statements import failing
from tests.made.few_cases import SOURCE
from tests.made.graded import GIVEN, PASSPHRASE, ROUND, as_, graded, later, said

from duecare.audit.grading.grade_encryption import make_own_key
from duecare.record.pole import CaseKey
from duecare.store.models import DraftGrade, LedgerEntry, OpenedGrade, SealedGrade
from duecare.use_cases.audit.grade_file import save_draft, submit_many
from duecare.use_cases.audit.open_own_grades import open_grades
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.guarantee

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def submit(folder: Path) -> None:
    files = {CaseKey(SOURCE, case): said(case) for case in GIVEN["force"]}
    submit_many(as_("auditor", later(NOW)), ROUND, files, own_key=make_own_key())


def draft(folder: Path) -> None:
    save_draft(as_("auditor", later(NOW)), ROUND, CaseKey(SOURCE, "OPEN"), said(), make_own_key())


def open_(folder: Path) -> None:
    open_grades(as_("audit-lead", later(NOW, 2)), ROUND, (folder / "force.pem").read_bytes(), PASSPHRASE)


def held() -> dict[str, int]:
    """How many drafts, sealed and opened grades are there, and of how many does the ledger say so?"""
    outcomes = list(LedgerEntry.objects.values_list("outcome", flat=True))
    return {
        "drafts": DraftGrade.objects.count(),
        "sealed": SealedGrade.objects.count(),
        "opened": OpenedGrade.objects.count(),
        "said sealed": sum(one.startswith("done: sealed") for one in outcomes),
        "said kept": sum(one == "done: draft kept" for one in outcomes),
        "said opened": sum("grades of force opened" in one for one in outcomes),
    }


@pytest.mark.parametrize("deed", [draft, submit, open_], ids=["draft", "submit", "open"])
def test_a_failing_statement_leaves_a_grade_and_its_line_or_neither(
    stores, tmp_path, deed: Callable[[Path], None], assured, is_whole_run
):
    from django.db import DatabaseError

    with graded(stores.new(), tmp_path, NOW) as store:
        if deed is open_:
            submit(tmp_path)
        before = held()
    store.wrapper.close()
    counted = stores.copy(store)
    with counted(), failing(0, for_ever=False) as counting:
        deed(tmp_path)
        done = held()
    counted.wrapper.close()
    assert done != before

    wrong: list[str] = []
    most = 20 if is_whole_run else 6
    points = sorted({1 + round(i * (counting.count - 1) / (most - 1)) for i in range(most)})
    for number in points:
        for for_ever in (False, True):
            one = stores.copy(store)
            with one():
                try:
                    with failing(number, for_ever=for_ever):
                        deed(tmp_path)
                except (Refusal, DatabaseError):
                    if held() != before:
                        wrong.append(f"{number} {for_ever}: {held()}")
                    deed(tmp_path)
                if held() != done:
                    wrong.append(f"{number} {for_ever}, again: {held()}")
            one.wrapper.close()

    assert wrong == []
    assured("G2", method=f"statements failed one by one, and from one on: {deed.__name__.strip('_')} of grades",
            n=len(points) * 2, figure="0 by half", pass_mark="0")  # fmt: skip
