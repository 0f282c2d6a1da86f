"""The list of findings is what the command says, cut to what each may open, some at a time, now and at any moment."""

from __future__ import annotations

import pytest
from tests.made.few_cases import SOURCE, canaries, person_of
from tests.use_cases.test_look_back import HOUR, NOW, as_account, few, in_the_store

from duecare.assessment import source_freshness
from duecare.duty.finding import State
from duecare.use_cases.casework import view_as_of
from duecare.use_cases.findings import list_findings as module
from duecare.use_cases.findings.findings_in_scope import Wanted, read_findings
from duecare.use_cases.findings.list_findings import list_findings
from duecare.vocabulary.refusals import Refusal

__all__ = ["few", "in_the_store"]

EVERYONE = ["chief", "lead", "nine", "one", "eight", "custody"]


def all_pages(name: str, wanted: Wanted, most: int = 3, **more):
    found, first = [], 0
    for _ in range(200):
        page = list_findings(as_account(name), wanted, first_number=first, most_findings=most, **more)
        assert len(page.findings) <= most
        found += page.findings
        if page.after is None:
            return found
        first = page.after
    raise AssertionError("the list does not end")


def by_command(few, name: str, wanted: Wanted, suggested: bool = False, **more):
    found = read_findings(as_account(name), few.config, wanted, **more)
    return [finding for finding in found if (finding.adopted is False) is suggested]


@pytest.mark.parametrize("name", EVERYONE)
@pytest.mark.parametrize("suggested", [False, True])
def test_the_list_of_now_page_by_page_is_what_the_command_says(few, name, suggested):
    listed = all_pages(name, Wanted(), suggested=suggested)

    assert listed == by_command(few, name, Wanted(), suggested)


def test_the_list_of_now_says_what_is_received_and_not_counted_in_it_yet_and_another_moment_counts_all(
    few, monkeypatch
):
    source = list_findings(as_account("chief"), Wanted()).fresh[0].source
    monkeypatch.setattr(source_freshness.delivery_records, "sources_after", lambda number: frozenset({source}))

    now, then = list_findings(as_account("chief"), Wanted()), list_findings(as_account("chief"), Wanted(), as_of=NOW)

    assert [one.source for one in now.fresh if not one.is_counted] == [source]
    assert [one.source for one in then.fresh if not one.is_counted] == []


@pytest.mark.parametrize("name", EVERYONE)
def test_the_list_of_another_moment_is_what_the_command_says_of_it(few, name):
    then = {"as_of": NOW - 30 * HOUR, "known_at": NOW - 30 * HOUR}

    assert all_pages(name, Wanted(), **then) == by_command(few, name, Wanted(), **then)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(state="overdue"),
        Wanted(state="met"),
        Wanted(duty="LOCAL-see-the-child"),
        Wanted(ref="CU1"),
        Wanted(case="OPEN"),
        Wanted(area=" eastmoor "),
        Wanted(person=person_of("offender-alone")),
        Wanted(area="Nowhere"),
    ],
)
def test_each_filter_lists_what_it_says(few, wanted):
    now, then = all_pages("chief", wanted), all_pages("chief", wanted, as_of=NOW)

    assert now == then == by_command(few, "chief", wanted)


def test_of_a_whole_area_what_was_overdue_then_as_known_then_is_answered(few):
    wanted = Wanted(state="overdue", area="Eastmoor")
    early, late = NOW - 30 * HOUR, NOW - 21 * HOUR
    before = all_pages("lead", wanted, as_of=early, known_at=early)
    after = all_pages("lead", wanted, as_of=late, known_at=late)

    assert {finding.state for finding in before + after} == {State.OVERDUE}
    assert 0 < len(before) < len(after)
    assert "OPEN" in {finding.case_ref for finding in after} - {finding.case_ref for finding in before}
    assert all(finding.due_at < early for finding in before)
    assert all(step.at <= late for finding in after for step in finding.told)
    assert any(finding.told for finding in after)


@pytest.mark.parametrize("most", [1, 2])
def test_no_gap_between_places_shows_what_is_sealed(few, most):
    """The chief officer opens all but the sealed: of one duty, every row that is looked at is shown."""
    wanted, first, pages = Wanted(duty="LOCAL-see-the-child"), 0, 0
    while True:
        page = list_findings(as_account("chief"), wanted, first_number=first, most_findings=most)
        pages += 1
        if page.after is None:
            break
        assert page.after == first + len(page.findings)
        first = page.after

    assert pages > 2
    assert any(one.case_ref == "SEALED" for one in all_pages("nine", wanted)), "there is something to tell of"


def test_where_many_rows_are_not_theirs_it_stops_and_says_where_to_look_on(few, monkeypatch):
    monkeypatch.setattr(module, "MOST_LOOKED_AT", 4)
    monkeypatch.setattr(module, "AT_ONCE", 2)
    page = list_findings(as_account("nine"), Wanted())

    assert page.after is not None
    assert page.after <= 4
    assert all_pages("nine", Wanted()) == by_command(few, "nine", Wanted())


def test_where_there_are_too_many_cases_another_moment_is_refused_and_now_and_one_case_are_not(monkeypatch):
    monkeypatch.setattr(view_as_of, "MOST_CASES", 3)

    with pytest.raises(Refusal) as refused:
        list_findings(as_account("chief"), Wanted(area="Eastmoor"), as_of=NOW - HOUR)
    assert refused.value.code == "DUT-020"
    assert "6 cases" in str(refused.value), "of the seven one is sealed"
    assert list_findings(as_account("chief"), Wanted()).findings
    assert list_findings(as_account("chief"), Wanted(case="OPEN"), as_of=NOW - HOUR).findings


def test_only_those_shown_are_in_the_line_of_the_ledger():
    from duecare.store.ledger.opaque_ids import RECORD, handles_of
    from duecare.store.models import LedgerEntry
    from duecare.visibility.case_scope import ledger_refs_of_findings

    for more in ({}, {"as_of": NOW}):
        before = LedgerEntry.objects.count()
        page = list_findings(as_account("chief"), Wanted(), most_findings=2, **more)
        (entry,) = LedgerEntry.objects.order_by("number")[before:]
        assert set(entry.ids.strip("[]").replace('"', "").replace(" ", "").split(",")) == handles_of(
            ledger_refs_of_findings(page.findings)
            | {(RECORD, SOURCE, record) for record in canaries() if person_of(record) in page.names.people}
        )


def test_who_may_not_list_findings_is_refused():
    with pytest.raises(Refusal) as refused:
        list_findings(as_account("stranger"), Wanted())
    assert refused.value.code == "ACC-003"


def test_counter_a_list_that_trusts_the_rows_alone_is_seen(few, monkeypatch):
    monkeypatch.setattr(module, "_owners_in_scope", lambda run_number, visible, row_owners: row_owners)

    assert all_pages("nine", Wanted()) != by_command(few, "nine", Wanted())
