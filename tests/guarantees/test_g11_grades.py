"""G11, of grades: of two who submit one file at once, one is sealed and the other told; neither takes the other's place."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from tests.made.few_cases import SOURCE
from tests.made.graded import GIVEN, ROUND, as_, graded, later, said

from duecare.record.pole import CaseKey
from duecare.store.models import LedgerEntry, SealedGrade
from duecare.use_cases.audit.grade_file import submit_grade
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.guarantee

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
AT_ONCE = 4


def test_of_several_who_submit_one_file_at_once_one_is_sealed_and_the_others_shown(stores, tmp_path, assured):
    from django.db import connections

    with graded(stores.new(), tmp_path, NOW) as store:
        for case in GIVEN["force"]:
            barrier, ends = threading.Barrier(AT_ONCE), []

            def one(case=case, barrier=barrier, ends=ends) -> None:
                connections["default"] = store.wrapper.copy()
                try:
                    barrier.wait(timeout=20)
                    submit_grade(as_("auditor", later(NOW)), ROUND, CaseKey(SOURCE, case), said(case))
                    ends.append("sealed")
                except Refusal as refusal:
                    ends.append(refusal.code)
                finally:
                    connections["default"].close()

            threads = [threading.Thread(target=one) for _ in range(AT_ONCE)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=60)

            assert len(ends) == AT_ONCE
            assert ends.count("sealed") == 1, ends
            assert set(ends) <= {"sealed", "AUD-032", "STO-002"}
            (held,) = SealedGrade.objects.filter(file__case_ref=case)
            assert LedgerEntry.objects.filter(outcome=f"done: sealed {held.seal}").count() == 1

    assured("G11", method=f"one file submitted by {AT_ONCE} at once", n=len(GIVEN["force"]) * AT_ONCE,
            figure="0 lost, 0 doubled", pass_mark="0")  # fmt: skip
