"""Somebody new: looked for, recorded once, joined or kept apart by a human's word; an unborn child is one person."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.made.few_cases import AREA, SOURCE, canaries, filled, person_of
from tests.made.long_runs import mostly_long
from tests.made.stores import Store, asking

from duecare.access.viewer import Viewer
from duecare.authorisation.request import Request
from duecare.person.person_description import Described
from duecare.record.pole import CaseKey, RecordKey
from duecare.store.linkage.linked_people import members_of, standing_judgements, whose_are
from duecare.store.search.search_token import read_mark
from duecare.use_cases.people.coming_to_notice import Coming
from duecare.use_cases.people.record_birth import before_birth, note_birth
from duecare.use_cases.people.record_person import look_for_person, note_person
from duecare.vocabulary.refusals import Refusal

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
MASH = Viewer("mash", frozenset({"mash"}), areas=frozenset({AREA}))
OTHER_MASH = Viewer("mash2", frozenset({"mash"}), areas=frozenset({AREA}))
SUPERVISOR = Viewer("one", frozenset({"supervisor"}), "S1", frozenset({"Team one"}))
COMING = Coming("A neighbour rang.", "child", area=AREA)
NEW = Described("Quillon", "Vardy", born="2014-03-02", postcode="NM1 2AB")
GIVEN, FAMILY, STREET, PHONE = canaries()["child-open"]
HELD = Described(GIVEN, FAMILY, born="2014-05-01", address=STREET, phone=PHONE)


def by(viewer: Viewer = MASH, seconds: int = 0) -> Request:
    return Request(viewer, "a test", NOW + timedelta(seconds=seconds))


@pytest.fixture
def config(store: Store, tmp_path: Path) -> Iterator[Any]:
    """The few cases, in use, and linked."""
    with filled(store, tmp_path / "few", NOW):
        yield store.config


@pytest.fixture
def linked(config: Any) -> Any:
    from duecare.use_cases.linkage.link_all import link_all_records

    link_all_records(asking(NOW), config)
    return config


def noted(config: Any, said: Described = NEW, *, decision: str = "none", reason: str = "", at: int = 0, **more: Any):
    mark = look_for_person(by(seconds=at), config, said).mark
    return note_person(by(seconds=at), config, said, mark, decision, coming=COMING, reason=reason, **more)


def own_records() -> list[str]:
    from duecare.store.models import Fact

    return sorted(set(Fact.objects.filter(source="duecare", sheet="persons").values_list("key", flat=True)))


def code(run: Any) -> str:
    with pytest.raises(Refusal) as refused:
        run()
    return refused.value.code


def test_somebody_new_is_one_record_in_a_case_of_the_area_and_opens_to_it(config):
    from duecare.store.facts.fact_lookup import facts_of_person

    done = noted(config)

    keys, facts = facts_of_person(whose_are([done.record])[done.record], None)
    assert keys == (done.record,)
    assert facts.persons[done.record].given_names == "Quillon"
    assert str(facts.persons[done.record].born) == "2014-03-02"
    assert done.case == CaseKey("duecare", done.record.record_id)
    assert facts.cases[done.case].area == AREA
    assert [(event.kind, event.text) for event in facts.events] == [("information_received", "A neighbour rang.")]
    assert standing_judgements() == []


def test_the_ledger_holds_the_collection_with_its_handles_and_no_word_of_the_form(config):
    from duecare.store.ledger.opaque_ids import RECORD, handles_of
    from duecare.store.models import LedgerEntry

    done = noted(config, reason="Quillon is another")

    (entry,) = LedgerEntry.objects.filter(actor="mash", act="collection")
    assert handles_of([(RECORD, *done.record)]) <= set(json.loads(entry.ids))
    assert "Quillon" not in f"{entry.purpose} {entry.outcome}"
    assert entry.outcome == "done: none of those found"


def test_sent_twice_it_is_one_record(config):
    mark = look_for_person(by(), config, NEW).mark
    first, second = (note_person(by(seconds=s), config, NEW, mark, "none", coming=COMING) for s in (0, 5))

    assert (first.record, first.is_again, second.is_again) == (second.record, False, True)
    assert own_records() == [first.record.record_id]


@pytest.mark.parametrize(
    ("said", "viewer", "spoil"),
    [
        (dataclasses.replace(NEW, given_names="Quillan"), MASH, str),
        (NEW, OTHER_MASH, str),
        (NEW, MASH, lambda mark: mark[:-1] + ("A" if mark[-1] != "A" else "B")),
        (NEW, MASH, lambda mark: ""),
    ],
    ids=["other words", "another account", "a mark that was touched", "no look"],
)
def test_nobody_is_recorded_without_a_look_at_these_words_by_this_account(config, said, viewer, spoil):
    mark = spoil(look_for_person(by(), config, NEW).mark)

    assert code(lambda: note_person(by(viewer), config, said, mark, "none", coming=COMING)) == "REC-002"
    assert own_records() == []


def test_counter_without_that_rule_the_test_above_would_see_a_record(config, monkeypatch):
    from duecare.store.search.search_token import SearchToken
    from duecare.use_cases.people import record_person as step

    anyone = SearchToken("mash", NEW.digest, "2026-11-25T09:00:00+00:00", (), (), False, 10**9)
    monkeypatch.setattr(step, "read_mark", lambda _text: anyone)
    monkeypatch.setattr(step, "_still_so", lambda *_: None)

    note_person(by(), config, NEW, "", "none", coming=COMING)

    assert len(own_records()) == 1


def test_somebody_recorded_meanwhile_who_fits_must_be_looked_at(config):
    mine, theirs = look_for_person(by(), config, NEW).mark, look_for_person(by(OTHER_MASH), config, NEW).mark
    note_person(by(OTHER_MASH), config, NEW, theirs, "none", coming=COMING)

    assert code(lambda: note_person(by(seconds=9), config, NEW, mine, "none", coming=COMING)) == "REC-002"
    assert len(own_records()) == 1
    again = look_for_person(by(seconds=10), config, NEW)
    assert [one.person for one in again.page.found] == [
        whose_are([RecordKey("duecare", own_records()[0])]).popitem()[1]
    ]


def test_one_of_those_found_is_joined_by_a_judgement_that_can_be_taken_back(linked):
    from duecare.use_cases.linkage.judge_link import undo_judgement

    person = person_of("child-open")
    done = noted(linked, HELD, decision=person, reason="Same address, and her mother says so")

    assert whose_are([done.record])[done.record] == person
    (judgement,) = standing_judgements()
    assert (judgement.verdict.value, judgement.by) == ("same", "mash")
    undo_judgement(by(seconds=60), linked, judgement.judgement_id, "It was her cousin")
    assert not [one for one in standing_judgements() if one.undone_at is None]


def test_none_of_those_found_keeps_apart_whoever_the_machine_would_join(linked):
    person = person_of("child-open")
    assert look_for_person(by(), linked, HELD).page.found[0].person == person

    done = noted(linked, HELD, reason="A cousin of the same name")

    assert done.record not in members_of(person)
    (judgement,) = standing_judgements()
    assert judgement.verdict.value == "different"


def test_without_that_judgement_the_machine_joins_the_two(linked, monkeypatch):
    from duecare.use_cases.people import record_person as step

    monkeypatch.setattr(step, "_judge_chosen", lambda *_: None)
    done = noted(linked, HELD, reason="A cousin of the same name")

    assert done.record in members_of(person_of("child-open"))


def test_a_decision_is_one_of_those_shown_and_says_why(config):
    mark = look_for_person(by(), config, HELD).mark

    assert code(lambda: note_person(by(), config, HELD, mark, "", coming=COMING)) == "REC-001"
    assert code(lambda: note_person(by(), config, HELD, mark, person_of("suspect"), coming=COMING)) == "REC-001"
    assert code(lambda: note_person(by(), config, HELD, mark, "none", coming=COMING)) == "REC-001"
    assert own_records() == []


def test_somebody_restricted_is_shown_as_search_shows_it_and_none_of_these_is_still_possible(config):
    from duecare.use_cases.people.search_people import RESTRICTED

    given, family, street, phone = canaries()["child-restricted"]
    said = Described(given, family, born="2013-05-01", address=street, phone=phone)

    found = look_for_person(by(), config, said).page.found

    assert [one.reasons for one in found if one.person is None] == [(RESTRICTED,)]
    assert noted(config, said, reason="Nobody I may see").record
    assert standing_judgements() == []


def test_a_failed_check_letter_is_said_and_is_no_key(config):
    said = dataclasses.replace(NEW, pnc_id="90/570L", nhs_number="9434765919")
    found = look_for_person(by(), config, said)

    assert len(found.unusable) == 1
    assert "PNC" in found.unusable[0]
    assert "570" not in found.unusable[0]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"given_names": "", "family_name": "", "born": "", "postcode": ""}, "a name or a number"),
        ({"born": "2031-01-01"}, "future"),
        ({"born": "soon"}, "cannot be read"),
        ({"sex": "Q"}, "M, F or X"),
        ({"given_names": "x" * 201}, "200"),
        ({"given_names": "a\x00b"}, "not text"),
        ({"address": "half \ud800 pair"}, "not text"),
        ({"due_on": "2027-01-01", "born": ""}, "the mother is missing"),
    ],
)
def test_what_cannot_be_looked_for_is_said_in_words(config, changed, words):
    with pytest.raises(Refusal) as refused:
        look_for_person(by(), config, dataclasses.replace(NEW, **changed))

    assert refused.value.code == "REC-001"
    assert any(words in fault for fault in refused.value.faults)


def test_where_a_role_has_no_area_the_case_is_given_and_must_open(config):
    mark = look_for_person(by(SUPERVISOR), config, NEW).mark

    def note(case: str) -> Any:
        return note_person(
            by(SUPERVISOR),
            config,
            NEW,
            mark,
            "none",
            coming=Coming("He was there.", "witness", case),
            reason="Nobody else",
        )

    assert code(lambda: note("")) == "REC-001"
    assert code(lambda: note(f"{SOURCE}:SEALED")) == code(lambda: note(f"{SOURCE}:NONE")) == "ACC-001"
    assert note(f"{SOURCE}:SETTLED").case == CaseKey(SOURCE, "SETTLED")


@pytest.mark.parametrize("role", ["investigator", "custody_officer", "auditor", "home_office"])
def test_other_roles_may_not(config, role):
    viewer = Viewer("x", frozenset({role}), "X1", areas=frozenset({AREA}))

    assert code(lambda: look_for_person(by(viewer), config, NEW)) == "ACC-003"


UNBORN = Described(family_name=FAMILY, due_on="2027-03-01", mother=person_of("suspect"))


@pytest.mark.parametrize(
    ("due", "is_right"),
    [("2026-11-25", True), ("2026-11-24", False), ("2027-08-25", True), ("2027-08-26", False), ("2027-03", False)],
)
def test_a_child_is_due_within_nine_months_of_today(config, due, is_right):
    said = dataclasses.replace(UNBORN, due_on=due)

    if is_right:
        assert look_for_person(by(), config, said).mark
    else:
        assert code(lambda: look_for_person(by(), config, said)) == "REC-001"


@pytest.mark.parametrize(("born", "is_right"), [("1990-01-01", False), ("2026-05-31", False), ("2026-06-01", True)])
def test_nobody_is_born_more_than_nine_months_before_they_are_due(linked, born, is_right):
    done = noted(linked, UNBORN)  # due on 2027-03-01

    def birth():
        return note_birth(by(), linked, done.record.record_id, given_names="Ostrella", family_name=FAMILY, born=born)

    if is_right:
        assert birth().record == done.record
    else:
        assert code(birth) == "REC-003"


def test_an_unborn_child_becomes_the_born_one_by_edit_and_is_one_person(linked):
    from duecare.store.facts.fact_lookup import records_known

    done = noted(linked, UNBORN)
    before = whose_are([done.record])[done.record]
    assert before_birth(by(), linked, done.record.record_id).due_on == date(2027, 3, 1)

    for seconds in (0, 0, 30):  # in the same second as the record was made, and sent again
        note_birth(
            by(seconds=seconds), linked, done.record.record_id, given_names="Ostrella", family_name=FAMILY,
            born="2026-11-25", sex="F",
        )  # fmt: skip

    held = records_known([done.record])[done.record]
    assert (held.given_names, str(held.born), held.due_on) == ("Ostrella", "2026-11-25", date(2027, 3, 1))
    assert whose_are([done.record])[done.record] == before
    assert own_records() == [done.record.record_id]
    wrong = {"given_names": "Other", "family_name": FAMILY, "born": "2026-11-25"}
    assert code(lambda: note_birth(by(), linked, done.record.record_id, **wrong)) == "REC-003"


def test_an_unborn_child_of_the_mother_is_found_before_a_second_is_made(config):
    done = noted(config, UNBORN)
    person = whose_are([done.record])[done.record]
    other = dataclasses.replace(UNBORN, due_on="2027-03-20")

    assert [one.person for one in look_for_person(by(OTHER_MASH), config, other).page.found] == [person]
    again = noted(config, other, decision=person, reason="The date was corrected", at=60)
    assert {one.verdict.value for one in standing_judgements()} == {"same"}
    assert {again.record, done.record} == {standing_judgements()[0].a, standing_judgements()[0].b}


def test_two_looks_before_either_records_make_one_unborn_child(config):
    marks = [look_for_person(by(viewer), config, UNBORN).mark for viewer in (MASH, OTHER_MASH)]
    note_person(by(), config, UNBORN, marks[0], "none", coming=COMING)

    assert code(lambda: note_person(by(OTHER_MASH), config, UNBORN, marks[1], "none", coming=COMING)) == "REC-002"
    assert len(own_records()) == 1


def test_the_rows_are_kept_as_a_delivery_of_files_would_keep_them(config, stores, tmp_path, monkeypatch):
    """Body, key, time and ties to the last byte: the short way in says what the long one says."""
    from tests.made.stores import InProcess

    from duecare.extract import delivery
    from duecare.record.contract import POLE_SHEETS
    from duecare.store.models import Fact
    from duecare.use_cases.deliveries.receive_delivery import receive_own
    from duecare.use_cases.people import record_person as step

    caught: list[Any] = []
    real = step.keep_own
    monkeypatch.setattr(step, "keep_own", lambda *a, **k: (caught.append(a[3]), real(*a, **k))[1])
    noted(config, dataclasses.replace(NEW, born="12", also_known_as="Quill; Q"))
    columns = (
        "sheet", "key", "version_at", "is_by_receipt", "sha256", "body", "file", "kind", "happened_at", "case_source",
        "case_ref", "officer", "row",
    )  # fmt: skip
    short = list(Fact.objects.filter(source="duecare").order_by("sheet").values_list(*columns))

    folder = tmp_path / "duecare-own"
    folder.mkdir()
    for sheet, rows in caught[0].items():
        with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, POLE_SHEETS[sheet].names, restval="")
            writer.writeheader()
            writer.writerows(rows)
    with stores.new()() as other:
        monkeypatch.setattr(delivery, "Child", InProcess)
        taken = receive_own(by(), other, folder)
        assert (taken.status, taken.set_aside) == ("accepted", 0), taken.reasons
        long = list(Fact.objects.filter(source="duecare").order_by("sheet").values_list(*columns))

    assert [tuple(map(_plain, one)) for one in short] == [tuple(map(_plain, one)) for one in long]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def sealed_world(folder: Path, *, with_them: bool) -> Any:
    """The few cases with one sealed person more, or without; who they are is typed by whoever looks."""
    from tests.made.deliveries import Made, write

    row = {
        "record_id": "veiled", "given_names": "Quillon", "family_name": "Vardy", "date_of_birth": "2014-03-02",
        "postcode": "NM1 2AB", "sealed": "true",
    }  # fmt: skip
    other = {"record_id": "veiled", "given_names": "Ottoline", "family_name": "Brask", "date_of_birth": "1961-07-07"}
    return write(Made({"persons": [row if with_them else other]}, source="veil"), folder / "veil-1")


def test_with_and_without_a_sealed_person_who_fits_look_and_answer_are_the_same_to_the_last_byte(
    stores, tmp_path, monkeypatch
):
    from tests.made.stores import InProcess

    from duecare.extract import delivery
    from duecare.use_cases.deliveries.receive_delivery import receive_files
    from duecare.use_cases.linkage.link_all import link_all_records

    said, answers = [], []
    for with_them in (True, False):
        with filled(stores.new(), tmp_path / f"world-{with_them}", NOW) as store:
            monkeypatch.setattr(delivery, "Child", InProcess)
            (tmp_path / f"veil-{with_them}").mkdir()
            (took,) = receive_files(
                asking(NOW), store.config, [sealed_world(tmp_path / f"veil-{with_them}", with_them=with_them)]
            )
            assert took.status == "accepted", took.reasons
            link_all_records(asking(NOW), store.config)
            found = look_for_person(by(), store.config, NEW)
            said.append(repr(found))
            answers.append(
                repr(note_person(by(seconds=4), store.config, NEW, found.mark, "none", coming=COMING, reason="None"))
            )

    assert said[0] == said[1]
    assert answers[0] == answers[1]


def people_of_one_unborn(config: Any, order: int) -> int:
    """So many people are made of one unborn child by two officers, each honest: whoever is shown the child says so."""
    chance = random.Random(order)
    marks = {viewer.account: look_for_person(by(viewer), config, UNBORN).mark for viewer in (MASH, OTHER_MASH)}
    born = {"given_names": "Ostrella", "family_name": FAMILY, "born": "2026-11-25", "sex": "F"}
    deeds = [(viewer, deed) for viewer in (MASH, OTHER_MASH) for deed in ("look", "note", "birth", "note")]
    chance.shuffle(deeds)
    for at, (viewer, deed) in enumerate(deeds):
        if deed == "look":
            marks[viewer.account] = look_for_person(by(viewer, at), config, UNBORN).mark
        elif deed == "note":
            mark = marks[viewer.account]
            shown = read_mark(mark)
            assert shown is not None
            decision = shown.people[0] if shown.people else "none"
            with contextlib.suppress(Refusal):
                note_person(by(viewer, at), config, UNBORN, mark, decision, coming=COMING, reason="Them")
        elif own_records():
            with contextlib.suppress(Refusal):
                note_birth(by(viewer, at), config, chance.choice(own_records()), **born)
    records = [RecordKey("duecare", one) for one in own_records()]
    assert records
    return len(set(whose_are(records).values()))


@pytest.mark.long_on_postgres
@pytest.mark.parametrize("order", mostly_long(range(6), [0, 1]))
def test_no_order_of_looks_notes_and_births_makes_a_second_person_of_one_unborn_child(linked, order):
    assert people_of_one_unborn(linked, order) == 1


def test_counter_where_nobody_looks_again_when_others_record_meanwhile_a_second_person_is_seen(linked, monkeypatch):
    from duecare.use_cases.people import record_person as step

    monkeypatch.setattr(step, "_still_so", lambda *_: None)

    marks = [(viewer, look_for_person(by(viewer), linked, UNBORN).mark) for viewer in (MASH, OTHER_MASH)]
    for viewer, mark in marks:
        note_person(by(viewer), linked, UNBORN, mark, "none", coming=COMING)

    assert len(set(whose_are([RecordKey("duecare", one) for one in own_records()]).values())) == 2


def test_through_the_pages_somebody_is_looked_for_recorded_and_opened(linked):
    from django.contrib.auth import get_user_model
    from django.test import Client

    from duecare.store import accounts

    accounts.enrol_account("mash", ["mash"], display_name="Mash", areas=[AREA])
    client = Client()
    client.force_login(
        get_user_model().objects.get(username="mash"), backend="django.contrib.auth.backends.ModelBackend"
    )
    words = {"given_names": GIVEN, "family_name": FAMILY, "born": "1/5/2014", "address": STREET}

    page = client.post("/people/new/", words).content.decode()
    mark = page.split('name="mark" value="')[1].split('"')[0]
    assert person_of("child-open") in page
    sent = {**words, "mark": mark, "how": "A call", "role": "child", "area": AREA, "case": ""}
    unsaid = client.post("/people/new/record/", sent)
    decided = {**sent, "decision": person_of("child-open"), "reason": "Her mother says so"}
    other_words = client.post("/people/new/record/", {**decided, "given_names": "Ottoline"})
    done = client.post("/people/new/record/", decided)

    assert (unsaid.status_code, other_words.status_code, done.status_code) == (400, 400, 200)
    assert "A call</textarea>" in unsaid.content.decode()
    (record,) = own_records()
    assert whose_are([RecordKey("duecare", record)]).popitem()[1] == person_of("child-open")
    case = client.get(f"/cases/duecare/{record}/")
    assert (case.status_code, "A call" in case.content.decode()) == (200, True)
    child = client.get(f"/people/{person_of('child-open')}/").content.decode()
    assert record in child
    unborn = client.get(f"/people/new/?mother={person_of('suspect')}")
    assert unborn.status_code == 200
    assert client.get(f"/people/new/?mother={person_of('child-sealed')}").status_code == 404


def test_whoever_records_a_birth_is_shown_others_who_may_be_the_child(config):
    other = noted(config, Described("Ostrella", "Zann", born="2026-11-25"), reason="Nobody else")
    done = noted(config, UNBORN, at=2)

    born = note_birth(
        by(seconds=9), config, done.record.record_id, given_names="Ostrella", family_name="Zann", born="2026-11-25"
    )

    assert [one.person for one in born.others][:1] == [whose_are([other.record])[other.record]]
