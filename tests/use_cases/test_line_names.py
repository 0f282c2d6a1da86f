"""List lines name children, with their ages, to those who may open them: exactly those, all in the ledger, none one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.made.few_cases import ACCOUNTS, SOURCE, canaries, filled, person_of
from tests.made.stores import Store, Stores, asking

from duecare.access.may_open import scope
from duecare.access.viewer import Viewer
from duecare.record.pole import CaseKey, RecordKey
from duecare.store.facts.fact_lookup import facts_of_case
from duecare.use_cases.casework.view_as_of import worklist_then
from duecare.use_cases.casework.view_worklist import read_worklist
from duecare.use_cases.findings.findings_in_scope import Wanted
from duecare.use_cases.findings.list_findings import list_findings
from duecare.visibility import line_names as module
from duecare.visibility.case_scope import people_in_scope
from duecare.visibility.line_names import line_names
from duecare.visibility.page_types import NOBODY_NAMED
from duecare.visibility.view import Visibility, visibility_for_lists

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
OPEN, RESTRICTED, MANAGED = (CaseKey(SOURCE, ref) for ref in ("OPEN", "RESTRICTED", "MANAGED"))
EVERYONE = ["chief", "lead", "nine", "one", "eight", "custody"]
ALLOCATION = Wanted(duty="LOCAL-allocate-investigator", case="OPEN")


@pytest.fixture(scope="module")
def few(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The few cases, in use."""
    del django_db_setup
    folder = tmp_path_factory.mktemp("names")
    with django_db_blocker.unblock():
        stores = Stores(folder)
        with filled(stores.new(), folder, NOW) as store:
            yield store
        stores.drop()


@pytest.fixture(autouse=True)
def in_the_store(few: Store, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), few():
        yield


def viewer(name: str) -> Viewer:
    roles, officer, teams, areas = ACCOUNTS[name]
    return Viewer(name, frozenset(roles), officer, frozenset(teams), frozenset(areas))


def as_account(name: str) -> Any:
    return asking(NOW, viewer(name))


def sight(few: Store, name: str) -> Visibility:
    return visibility_for_lists(as_account(name), few.config)


def named(record: str, age: int | None = None) -> str:
    """How a list names the person of this record."""
    given, family = canaries()[record][:2]
    return f"{given} {family}" if age is None else f"{given} {family}, {age}"


def lists(name: str) -> dict[str, Any]:
    """Every list of cases, as this account is shown it."""
    ask = as_account(name)
    return {
        "worklist": read_worklist(ask),
        "worklist then": worklist_then(ask, as_of=NOW, known_at=NOW),
        "findings": list_findings(ask, Wanted()),
        "findings then": list_findings(ask, Wanted(), as_of=NOW, known_at=NOW),
    }


def cases_of(page: Any) -> set[CaseKey]:
    lines = page.items if hasattr(page, "items") else page.findings
    return {line.case for line in lines if line.case is not None}


def ids_in(entry: Any) -> set[str]:
    return set(entry.ids.strip("[]").replace('"', "").replace(" ", "").split(","))


def misnamed(names: list[str]) -> list[str]:
    """Who is named and may not be opened, or is a child of a case that is shown, may be opened and is not named."""
    wrong = []
    for name in names:
        for which, page in lists(name).items():
            shown = set(page.names.people)
            openable = people_in_scope(scope(viewer(name)), {person_of(record) for record in canaries()}, NOW)
            wrong += [f"{name} {which}: {person} is named" for person in shown - openable]
            for case in cases_of(page):
                facts = facts_of_case(case, None)
                children = {
                    facts.whose[tie.record]
                    for event in facts.events
                    if event.happened_at.earliest <= NOW
                    for tie in event.ties
                    if tie.role in {"child", "detainee"}
                }
                wrong += [
                    f"{name} {which}: {person} is not named in {case.case_ref}"
                    for person in (children & openable) - {one.person for one in page.names.children_of(case)}
                ]
    return wrong


@pytest.mark.parametrize("name", EVERYONE)
def test_every_child_of_a_case_that_is_shown_is_named_if_they_may_be_opened_and_nobody_else_is(name):
    assert misnamed([name]) == []


def test_children_are_named_with_their_ages_and_no_suspect_is():
    names = read_worklist(as_account("chief")).names

    assert [one.words for one in names.children_of(OPEN)] == sorted(
        [named("child-open", 12), named("child-restricted", 13), named("child-in-both", 11)]
    )
    assert person_of("suspect") not in names.people
    assert names.people[person_of("offender")].words == named("offender", 56)


def test_whoever_may_not_open_a_restricted_child_is_shown_no_name_and_the_sealed_only_those_named():
    def words(name: str) -> set[str]:
        return {one.words for one in read_worklist(as_account(name)).names.children_of(OPEN)}

    assert named("child-restricted", 13) not in words("lead")
    assert words("lead") == {named("child-open", 12), named("child-in-both", 11)}
    assert named("child-sealed", 14) in words("one"), "supervises the case by name"
    assert named("child-sealed", 14) not in words("chief")


def test_a_person_without_a_case_is_named_for_those_who_may_open_them():
    (alone,) = [item for item in read_worklist(as_account("chief")).items if item.case is None]
    page = read_worklist(as_account("chief"))

    assert alone.person == person_of("offender-alone")
    assert page.names.people[person_of("offender-alone")].words == named("offender-alone", 54)
    assert person_of("offender-sealed") not in page.names.people


@pytest.mark.parametrize(
    ("day", "age"), [(datetime(2027, 4, 30, 12, tzinfo=UTC), 12), (datetime(2027, 5, 1, tzinfo=UTC), 13)]
)
def test_the_age_is_that_on_the_day_of_the_page(few, day, age):
    names = line_names(sight(few, "lead"), [(OPEN, ())], day)

    assert named("child-open", age) in {one.words for one in names.children_of(OPEN)}


def test_somebody_who_was_not_in_the_case_yet_is_not_named_in_it(few):
    lines = [(OPEN, {person_of("child-open")})]

    assert line_names(sight(few, "lead"), lines, NOW - timedelta(hours=51)).people == {}
    assert line_names(sight(few, "lead"), lines, NOW, NOW - timedelta(hours=51)).people == {}
    assert line_names(sight(few, "lead"), lines, NOW, NOW - timedelta(hours=40)).people != {}


@pytest.mark.parametrize("role", ["auditor", "audit_lead", "lead_inspector", "expert"])
def test_a_role_that_opens_no_person_is_given_no_name(few, role):
    visible = visibility_for_lists(asking(NOW, Viewer("made-up", frozenset({role}))), few.config)

    assert line_names(visible, [(OPEN, {person_of("child-open")})], NOW) == NOBODY_NAMED


def test_a_case_that_is_not_the_viewers_opens_nobody(few):
    assert line_names(sight(few, "nine"), [(OPEN, ()), (RESTRICTED, ()), (MANAGED, ())], NOW).people == {}
    assert line_names(sight(few, "lead"), [(RESTRICTED, ())], NOW).people == {}


def _hiding(few: Store, record: str) -> Visibility:
    """What the lead may see, were this record one of which only a sealed case speaks."""
    visible = sight(few, "lead")
    hidden = visible.sealed.records | {RecordKey(SOURCE, record)}
    return replace(visible, sealed=replace(visible.sealed, records=hidden))


def test_nobody_is_named_by_a_record_of_which_only_a_sealed_case_speaks(few):
    names = line_names(_hiding(few, "child-open"), [(OPEN, {person_of("child-open")})], NOW)

    assert {one.words for one in names.people.values()} == {named("child-in-both", 11)}


@pytest.mark.parametrize("wanted", [Wanted(), ALLOCATION])
@pytest.mark.parametrize("more", [{}, {"as_of": NOW}])
def test_everyone_named_is_in_the_line_of_the_ledger(wanted, more):
    assert unlogged(lambda: list_findings(as_account("chief"), wanted, **more)) == set()


@pytest.mark.parametrize("name", EVERYONE)
def test_everyone_named_in_the_worklist_is_in_the_line_of_the_ledger(name):
    assert unlogged(lambda: read_worklist(as_account(name))) == set()
    assert unlogged(lambda: worklist_then(as_account(name), as_of=NOW)) == set()


def unlogged(read: Any) -> set[str]:
    """The records of people whom this page names and its entry of the ledger does not."""
    from duecare.store.ledger.opaque_ids import RECORD, handles_of
    from duecare.store.models import LedgerEntry

    before = LedgerEntry.objects.count()
    page = read()
    (entry,) = LedgerEntry.objects.order_by("number")[before:]
    records = {record for record in canaries() if person_of(record) in page.names.people}
    return {record for record in records if not handles_of({(RECORD, SOURCE, record)}) <= ids_in(entry)}


def test_a_page_of_lines_is_looked_up_at_once(few):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    visible = sight(few, "lead")
    cases = [CaseKey(SOURCE, ref) for ref in ("OPEN", "CUSTODY", "MISSING", "SETTLED", "MANAGED")]
    counts = []
    for lines in ([(cases[0], ())], [(case, ()) for case in cases]):
        with CaptureQueriesContext(connection) as statements:
            line_names(visible, lines, NOW)
        counts.append(len(statements))

    assert counts[0] == counts[1] < 20


# --- seeded defects turn them red ---------------------------------------------------------------------


def test_counter_whoever_is_tied_being_named_is_seen(monkeypatch):
    monkeypatch.setattr(module, "_people_who_open", lambda visible, people, facts: set(people))

    assert any("is named" in line for line in misnamed(["lead"]))


def test_counter_nobody_being_named_is_seen(monkeypatch):
    monkeypatch.setattr(module, "_people_who_open", lambda visible, people, facts: set())

    assert any("is not named" in line for line in misnamed(["lead"]))


def test_counter_a_hidden_record_that_names_is_seen(few, monkeypatch):
    monkeypatch.setattr(Visibility, "facts_shown", lambda self, facts: facts)
    monkeypatch.setattr(Visibility, "records_shown", lambda self, records: tuple(records))
    names = line_names(_hiding(few, "child-open"), [(OPEN, {person_of("child-open")})], NOW)

    assert named("child-open", 12) in {one.words for one in names.people.values()}


def test_counter_a_name_that_is_not_logged_is_seen(monkeypatch):
    monkeypatch.setattr(Visibility, "ledger_refs_of_people", lambda self, people: set())

    assert unlogged(lambda: list_findings(as_account("chief"), ALLOCATION)) != set()
