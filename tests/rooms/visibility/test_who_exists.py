"""Who exists for a viewer: whom an id leads to, how many are linked, and a case that is refused as one that is not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from duecare.access.act import Act
from duecare.access.may_open import Scope
from duecare.access.viewer import Viewer
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey, CaseRecord, RecordKey
from duecare.store.facts.fact_lookup import Facts
from duecare.store.linkage.linked_people import LinkageRun
from duecare.visibility import linked_totals, opened_case, view
from duecare.visibility.pointer_only import PointerOnlyFilter
from duecare.visibility.sealed_filter import SealedFilter
from duecare.visibility.visible import LinkShown
from duecare.vocabulary.refusals import Refusal

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
CHILD, HIDDEN, OTHER = (RecordKey("merlin", name) for name in ("R1", "R2", "R3"))
CASE = CaseKey("merlin", "M1")
RUN = LinkageRun(1, "model", records=5, people=4, pairs=2, for_review=0, upto_delivery=1, guards="")
NOTHING = Facts({}, (), {}, {}, {})


def asking(*roles: str) -> Request:
    return Request(Viewer("someone", frozenset(roles)), "a test", NOW)


@pytest.mark.parametrize(
    ("named", "is_there"), [([], True), ([CHILD], True), ([HIDDEN], False), ([CHILD, HIDDEN], True)]
)
def test_the_id_of_a_record_that_is_not_shown_leads_to_nobody(monkeypatch, named, is_there) -> None:
    monkeypatch.setattr(view, "records_named", lambda ids: set(named) if ids == ["P1"] else set())
    visible = view.Visibility(asking(), Scope(), SealedFilter(records=frozenset({HIDDEN})), PointerOnlyFilter())

    assert visible.answers_to("P1") is is_there


def test_nobody_who_is_sealed_is_counted_and_of_somebody_counted_no_hidden_record(monkeypatch) -> None:
    held = {HIDDEN: "P2", OTHER: "P1"}
    monkeypatch.setattr(linked_totals, "hidden_from_all", lambda: ({"P2", "never linked"}, {HIDDEN, OTHER, CHILD}))
    monkeypatch.setattr(linked_totals, "people_held", lambda run, records: held if CHILD in records else {})
    monkeypatch.setattr(linked_totals, "records_linked", lambda run: run.records)

    assert linked_totals.people_linked(RUN) == 3
    assert linked_totals.linked_totals(RUN) == linked_totals.LinkedTotals(people=3, records=3)


def test_a_link_to_somebody_sealed_is_not_there_whatever_case_they_are_in_and_the_page_of_whoever_is_open_has_theirs(
    monkeypatch,
) -> None:
    person_of = {CHILD: "P1", OTHER: "P2", HIDDEN: "P3"}
    monkeypatch.setattr(view, "whose_are", lambda records: {key: person_of[key] for key in records})
    monkeypatch.setattr(view, "closed_people", lambda _scope, people, _now: {"P1", "P3"} & set(people))
    visible = view.Visibility(asking(), Scope(), SealedFilter(), PointerOnlyFilter())
    links = [LinkShown(str(CHILD), str(other), 5.0, 0.9, (), "", "") for other in (OTHER, HIDDEN)]

    assert visible.links_shown(links, "P1") == (links[0],)
    assert visible.links_shown(links, "P2") == ()


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """The refusals written into the ledger."""
    from duecare.authorisation import authorise

    written: list[tuple[object, ...]] = []

    class Transaction:
        def __enter__(self) -> None: ...

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(authorise, "transaction", Transaction)
    monkeypatch.setattr(
        authorise, "log_write", lambda request, act, *, names=(), outcome: written.append((act, outcome))
    )
    return written


def test_a_case_that_is_not_there_is_refused_as_one_that_is_sealed(monkeypatch, lines) -> None:
    sealed = replace(NOTHING, cases={CASE: CaseRecord(CASE, "child_concern", sealed=True)})
    for facts in (sealed, NOTHING):
        monkeypatch.setattr(opened_case, "facts_of_case", lambda *_, facts=facts: facts)
        with pytest.raises(Refusal, match="ACC-001"):
            opened_case.open_case(asking("chief_officer"), Act.ANSWER_ERROR, CASE)

    assert len(lines) == 2
    assert lines[0] == lines[1]


def test_a_case_of_which_there_is_only_its_record_may_be_opened(monkeypatch, lines) -> None:
    facts = replace(NOTHING, cases={CASE: CaseRecord(CASE, "child_concern")})
    monkeypatch.setattr(opened_case, "facts_of_case", lambda *_: facts)

    assert opened_case.open_case(asking("chief_officer"), Act.ANSWER_ERROR, CASE) is facts
    assert lines == []
