"""What was sealed by the deliveries up to one number: by the number given at acceptance, not by the order of landing."""

from __future__ import annotations

import orjson
from tests.made.stores import NOW, Store

from duecare.record.pole import CaseKey
from duecare.store.facts import fact_lookup
from duecare.store.models import Delivery, Fact


def delivered(number: int | None, state: str, case: str = "", version_at: int = 1, *, sealed: bool = True) -> None:
    """A delivery in this state, and in it a case, sealed or not."""
    of = Delivery.objects.create(
        number=number, name=f"{number}", source="pole", scope="full", received_at=NOW, state=state
    )
    if case:
        body = orjson.dumps({"kind": "child_concern", "sealed": sealed})
        Fact.objects.create(
            delivery=of, source="pole", sheet="cases", key=case, version_at=version_at, is_by_receipt=False,
            sha256=bytes(32), is_withdrawn=False, body=body, file="cases.csv", row=1, is_sealed=sealed,
        )  # fmt: skip


def test_what_was_refused_before_is_no_reason_to_forget_a_seal(store: Store):
    delivered(None, "refused")
    delivered(None, "refused")
    delivered(1, "accepted", "SHUT")

    assert fact_lookup.sealed_cases(1) == fact_lookup.sealed_cases() == {CaseKey("pole", "SHUT")}
    assert fact_lookup.sealed_cases(0) == set()


def test_a_seal_that_came_with_a_later_number_does_not_count_yet(store: Store):
    delivered(2, "accepted", "LATER")
    delivered(1, "accepted", "SHUT")
    delivered(3, "accepted", "SHUT", 2, sealed=False)

    assert fact_lookup.sealed_cases(1) == {CaseKey("pole", "SHUT")}
    assert fact_lookup.sealed_cases(2) == {CaseKey("pole", "SHUT"), CaseKey("pole", "LATER")}
    assert fact_lookup.sealed_cases() == {CaseKey("pole", "LATER")}
