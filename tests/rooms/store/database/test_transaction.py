"""One transaction: all of it or nothing, and the refusal that a busy or broken database comes to."""

from __future__ import annotations

import pytest
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
)

from duecare.store.database.transaction import OUT_OF_ORDER, refused_by, transaction
from duecare.store.models import Pointer
from duecare.vocabulary.refusals import Refusal


def keep(name: str) -> None:
    Pointer.objects.create(name=name, run=1)


def kept() -> set[str]:
    return set(Pointer.objects.values_list("name", flat=True))


def keep_then_fail(name: str, failure: BaseException) -> None:
    with transaction():
        keep(name)
        raise failure


@pytest.mark.django_db
def test_what_happens_inside_is_kept_when_it_ends_well():
    with transaction():
        keep("a")
        keep("b")

    assert kept() == {"a", "b"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "failure", [ValueError("x"), Refusal("LED-001"), KeyboardInterrupt(), IntegrityError("x"), DataError("x")]
)
def test_whatever_fails_inside_leaves_nothing_and_goes_on_as_it_was(failure: BaseException):
    with pytest.raises(type(failure)) as raised:
        keep_then_fail("a", failure)

    assert raised.value is failure
    assert kept() == set()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", OUT_OF_ORDER)
def test_a_database_that_fails_leaves_nothing_and_comes_to_a_refusal(kind: type[DatabaseError]):
    failure = kind("disk I/O error in /somewhere/secret")

    with pytest.raises(Refusal) as raised:
        keep_then_fail("a", failure)

    assert (raised.value.code, raised.value.__cause__) == ("STO-001", failure)
    assert kind.__name__ in str(raised.value)
    assert "secret" not in str(raised.value)
    assert kept() == set()


@pytest.mark.django_db
def test_a_busy_store_is_refused_as_busy_and_leaves_nothing():
    with pytest.raises(Refusal) as raised:
        keep_then_fail("a", OperationalError("database is locked"))

    assert raised.value.code == "STO-002"
    assert kept() == set()


@pytest.mark.django_db
def test_an_inner_transaction_that_fails_takes_only_its_own_with_it():
    with transaction():
        keep("before")
        with pytest.raises(ValueError, match="inner"):
            keep_then_fail("inside", ValueError("inner"))
        keep("after")

    assert kept() == {"before", "after"}


@pytest.mark.django_db
def test_an_outer_transaction_that_fails_takes_the_inner_with_it():
    def outer() -> None:
        with transaction():
            with transaction():
                keep("inside")
            raise ValueError("outer")

    with pytest.raises(ValueError, match="outer"):
        outer()

    assert kept() == set()


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (OperationalError("database is locked"), "STO-002"),
        (OperationalError("DATABASE TABLE IS LOCKED"), "STO-002"),
        (OperationalError("the database is Busy"), "STO-002"),
        (OperationalError("canceling statement due to lock timeout"), "STO-002"),
        (OperationalError("canceling statement due to statement timeout"), "STO-001"),
        (OperationalError("disk full"), "STO-001"),
        (OperationalError(), "STO-001"),
        (InternalError("locked"), "STO-001"),
        (InterfaceError("busy: lock timeout"), "STO-001"),
    ],
)
def test_which_refusal_a_failure_comes_to(failure, code: str):
    refusal = refused_by(failure)

    assert refusal.code == code
    assert (type(failure).__name__ in str(refusal)) == (code == "STO-001")


@pytest.mark.parametrize("kind", [DatabaseError, ProgrammingError, IntegrityError, DataError])
def test_a_fault_of_the_statement_is_no_store_out_of_order(kind: type[DatabaseError]):
    assert not issubclass(kind, OUT_OF_ORDER)
