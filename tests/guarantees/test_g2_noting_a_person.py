"""G2, of somebody recorded by form: whichever statement fails, the record and its line are both there or neither."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from django.db import DatabaseError
from tests.guarantees.test_g2_failing_statements import failing
from tests.made.few_cases import AREA, filled
from tests.made.stores import NOW, asking

from duecare.person.person_description import Described
from duecare.store.models import Delivery, Fact, LedgerEntry
from duecare.use_cases.deliveries import write_own_rows
from duecare.use_cases.operations.verify_ledger import verify_ledger
from duecare.use_cases.people.coming_to_notice import Coming
from duecare.use_cases.people.record_person import look_for_person, note_person
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.guarantee

SAID = Described("Quillon", "Vardy", born="2014-03-02")
COMING = Coming("A call.", area=AREA)
SHEETS = ["cases", "events", "persons", "ties"]


def held() -> tuple[list[str], int, int]:
    """Which sheets have rows of Duecare's own, how many collections were done, and is any delivery by half?"""
    sheets = sorted(Fact.objects.filter(source="duecare").values_list("sheet", flat=True))
    done = LedgerEntry.objects.filter(act="collection", outcome="done: none of those found").count()
    return sheets, done, Delivery.objects.filter(state="landing").count()


def test_a_failing_statement_leaves_a_record_with_its_line_or_neither_and_sending_again_ends_it(
    stores, tmp_path: Path, assured
):
    wrong, tried, failed = [], 0, 0
    with filled(stores.new(), tmp_path / "few", NOW) as store:
        mark = look_for_person(asking(), store.config, SAID).mark
        for number in range(1, 400):
            tried += 1
            try:
                with failing(number, for_ever=False) as point:
                    note_person(asking(), store.config, SAID, mark, "none", coming=COMING)
                if point.count < number:
                    break
            except (DatabaseError, Refusal):
                failed += 1
            if held() not in (([], 0, 0), (SHEETS, 1, 0)):
                wrong.append((number, held()))
        assert held() == (SHEETS, 1, 0)
        assert verify_ledger(asking(), store.config).ok
    assert wrong == []
    assert failed > 15
    assured("G2", method="each statement of note person failing once", n=tried, figure="half 0", pass_mark="0")


def test_a_record_kept_outside_of_the_transaction_of_its_line_is_caught(stores, tmp_path: Path, monkeypatch, assured):
    monkeypatch.setattr(write_own_rows, "transaction", nullcontext)

    # PostgreSQL refuses to write the ledger's line outside of a transaction at all.
    with pytest.raises((AssertionError, Refusal)):
        test_a_failing_statement_leaves_a_record_with_its_line_or_neither_and_sending_again_ends_it(
            stores, tmp_path, assured
        )
