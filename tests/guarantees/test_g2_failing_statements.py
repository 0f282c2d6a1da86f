"""G2: a statement that fails, once or from then on, leaves nothing by half; what is asked next works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.made.bigger import FIRST, delivery
from tests.made.deliveries import write
from tests.made.long_runs import mostly_long
from tests.made.stores import NOW, Store, Stores, asking

from duecare.access.viewer import Viewer
from duecare.assessment.full_run import run_full_assessment
from duecare.store.findings import assessment_runs
from duecare.store.linkage import linked_people
from duecare.use_cases.casework.view_worklist import read_worklist
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.findings.findings_in_scope import Wanted, read_findings
from duecare.use_cases.linkage.link_all import link_all_records
from duecare.use_cases.operations.store_digest import read_digest
from duecare.use_cases.operations.verify_ledger import verify_ledger
from duecare.vocabulary.refusals import Refusal

pytestmark = [pytest.mark.guarantee, pytest.mark.usefixtures("read_in_process")]
CHIEF = Viewer(account="made-up-chief", roles=frozenset({"chief_officer"}))


class Failing:
    """Fails the n-th statement, once or it and every one after; 0 only counts."""

    def __init__(self, number: int, *, for_ever: bool) -> None:
        self.number = number
        self.for_ever = for_ever
        self.count = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        from django.db import OperationalError

        self.count += 1
        if self.number and (self.count == self.number or (self.for_ever and self.count > self.number)):
            raise OperationalError("a seeded failure")
        return execute(sql, params, many, context)


@contextmanager
def failing(number: int, *, for_ever: bool) -> Iterator[Failing]:
    from django.db import connection

    wrapper = Failing(number, for_ever=for_ever)
    with connection.execute_wrapper(wrapper):
        yield wrapper


OPERATIONS: dict[str, Callable[[Any, list[Path]], object]] = {
    "receive": lambda config, paths: receive_files(asking(), config, paths),
    "link": lambda config, _: link_all_records(asking(), config),
    "assess": lambda config, _: run_full_assessment(asking(), config, as_of=NOW),
    "list findings": lambda config, _: read_findings(asking(), config, Wanted(), as_of=NOW),
    "open the worklist": lambda config, _: read_worklist(asking(viewer=CHIEF)),
}


def state(config: Any) -> tuple[object, ...]:
    """What is held and in force."""
    from duecare.store.models import AssessRun

    run = assessment_runs.run_in_force()
    found = assessment_runs.findings_where(run.id) if run else []
    if run:
        kept_run = AssessRun.objects.get(pk=run.id)
        assert len(found) == kept_run.findings, "the assessment in force is by half"
    return read_digest(asking(), config).digest, [finding.as_json() for finding in found]


def after(store: Store, second: Path, operation: str) -> tuple[object, ...]:
    """Do it with nothing failing; what is then held and in force."""
    with store() as config:
        OPERATIONS[operation](config, [second])
        return state(config)


def attack(stores: Stores, base: Store, second: Path, operation: str, points: int) -> tuple[list[str], int]:
    """Fail statements of this operation; what was wrong, and how many were failed."""
    whole = stores.copy(base)
    with whole() as config, failing(0, for_ever=False) as counting:
        OPERATIONS[operation](config, [second])
    with base() as config:
        before = state(config)
    base.wrapper.close()
    done = after(stores.copy(base), second, operation)
    numbers = sorted({1 + round(i * (counting.count - 1) / max(points - 1, 1)) for i in range(points)})
    wrong: list[str] = []
    for number in numbers:
        for for_ever in (False, True):
            one = stores.copy(base)
            wrong += [
                f"{operation} {number} {for_ever}: {w}"
                for w in _once(one, second, operation, number, for_ever, before, done)
            ]
            one.wrapper.close()
    return wrong, len(numbers) * 2


def _once(
    one: Store, second: Path, operation: str, number: int, for_ever: bool, before: object, done: object
) -> Iterator[str]:
    from django.db import DatabaseError, connection

    with one() as config:
        try:
            with failing(number, for_ever=for_ever):
                OPERATIONS[operation](config, [second])
        except (Refusal, DatabaseError) as wrong:
            if isinstance(wrong, Refusal) and not wrong.code.startswith(("STO", "LED")):
                yield f"refused as {wrong.code}"
        if connection.in_atomic_block or not connection.get_autocommit():
            yield "a transaction is left open"
            return
        if state(config) not in (before, done):
            yield "it is done by half"
        if not verify_ledger(asking(), config).ok:
            yield "the ledger does not verify"
        OPERATIONS[operation](config, [second])
        if state(config) != done:
            yield "the next one does not do it"


@pytest.fixture
def base(stores: Stores, tmp_path: Path) -> tuple[Store, Path]:
    """A store with a delivery, linked and assessed, and the next delivery."""
    store = stores.new()
    second = write(delivery(16, FIRST + timedelta(days=9), full=True, changed="Anew"), tmp_path / "pole-2")
    with store() as config:
        receive_files(asking(), config, [write(delivery(14, FIRST), tmp_path / "pole-1")])
        run = linked_people.begin_run(NOW, "made-up", 0)
        linked_people.put_in_force(run, ())
        run_full_assessment(asking(), config, as_of=NOW)
    store.wrapper.close()
    return store, second


@pytest.mark.parametrize("operation", mostly_long(OPERATIONS, [name for name in OPERATIONS if name != "link"]))
def test_a_failing_statement_leaves_all_or_nothing(
    stores: Stores, base, operation: str, assured, is_whole_run, is_long_run
):
    wrong, tried = attack(
        stores, *base, operation, 100 if is_long_run else 8 if is_whole_run else 2 if operation == "link" else 3
    )

    assert wrong == []
    assured(
        "G2",
        method=f"statements of `{operation}` failed, once and from then on",
        n=tried,
        figure="half 0, wedged 0",
        pass_mark="0",
    )


def test_a_transaction_left_open_is_caught(stores: Stores, base, monkeypatch):
    from contextlib import contextmanager as context

    from django.db import connection
    from django.db import transaction as django_transaction

    from duecare.use_cases.deliveries import receive_delivery as step

    @context
    def left_open() -> Iterator[None]:
        django_transaction.set_autocommit(False)
        yield
        connection.commit()
        django_transaction.set_autocommit(True)

    monkeypatch.setattr(step, "transaction", left_open)

    wrong, _ = attack(stores, *base, "receive", 6)

    assert any("left open" in fault for fault in wrong)
