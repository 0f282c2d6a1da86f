"""What comes is linked record by record: also beside another receiver, and with a line of the ledger for what it did."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.made.deliveries import Made, write
from tests.made.judged import FIRST, NOW, PEOPLE, begun, take
from tests.made.stores import Stores, asking

from duecare.ledger import Act as LedgerAct
from duecare.record.pole import RecordKey
from duecare.store.ledger.opaque_ids import RECORD, handles_of
from duecare.store.linkage.linked_people import whose_are
from duecare.store.models import LedgerEntry
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.linkage import link_affected as step
from duecare.use_cases.linkage import regroup_people
from duecare.use_cases.linkage.link_affected import link_affected
from duecare.vocabulary.moments import iso_text

pytestmark = pytest.mark.usefixtures("read_in_process")

ANA_1, ANA_2, ANA_3 = (RecordKey("made", name) for name in ("ana-1", "ana-2", "ana-3"))
TWO = RecordKey("made", "new-1"), RecordKey("made", "new-2")


@pytest.fixture
def linked(stores: Stores, tmp_path: Path) -> Any:
    """The few children, linked and assessed."""
    with stores.new()() as config:
        begun(config, tmp_path)
        yield config


def saying(record: str, days: int = 9, **other: str) -> Made:
    """This record as it was, or as the first Ana's, but for what is other, written so many days later."""
    given, family, born, postcode, phone = PEOPLE.get(record, PEOPLE["ana-1"])
    row = {
        "record_id": record, "given_names": given, "family_name": family, "date_of_birth": born, "postcode": postcode,
        "phone": phone, "sex": "F", "written_at": iso_text(FIRST + timedelta(days=days)),
    }  # fmt: skip
    return Made({"persons": [row | other]}, source="made", extracted_at=FIRST + timedelta(days=days))


def lines() -> list[tuple[str, str]]:
    """What the ledger says that linking did: (act, outcome)."""
    rows = LedgerEntry.objects.filter(purpose__startswith="link").order_by("number")
    return list(rows.values_list("act", "outcome"))


# --- beside others ------------------------------------------------------------------------------------


def both_found(config: Any, folder: Path, monkeypatch: Any, *, late: bool = False) -> bool:
    """Two records of one child are accepted just as another links what came: are the two of one person in the end?

    Shape:   `late`: what came is asked only after the index has been updated.
    """
    given = {"given_names": "Xanthippe", "family_name": "Quorn", "date_of_birth": "2013-03-03", "postcode": "NM3 3CC"}
    made = Made(
        {"persons": [{"record_id": one.record_id, **given, "written_at": iso_text(FIRST)} for one in TWO]},
        source="made",
        extracted_at=FIRST + timedelta(days=9),
    )
    real, come = step.search_index.update_index, [write(made, folder / "made-both")]

    def then_two_come() -> None:
        real()
        if come:
            receive_files(asking(NOW), config, [come.pop()])

    pending = step.affected_facts.pending_deliveries

    def after_the_index(after: int) -> Any:
        then_two_come()
        return pending(after)

    with monkeypatch.context() as patch:
        patch.setattr(step.search_index, "update_index", (lambda: None) if late else then_two_come)
        patch.setattr(step.affected_facts, "pending_deliveries", after_the_index if late else pending)
        link_affected(asking(NOW), config)
    link_affected(asking(NOW), config)
    return len(set(whose_are(TWO).values())) == 1


def test_two_records_accepted_while_another_links_are_found_by_each_other(linked, tmp_path, monkeypatch):
    assert both_found(linked, tmp_path, monkeypatch)


def test_asking_what_came_only_after_the_index_was_updated_turns_this_red(linked, tmp_path, monkeypatch):
    """The counter."""
    assert not both_found(linked, tmp_path, monkeypatch, late=True)


# --- what was known of a pair -------------------------------------------------------------------------


def still_one(config: Any, folder: Path, monkeypatch: Any) -> bool:
    """A telephone number of one of two records is corrected, where the keys of both are too common to be looked for."""
    monkeypatch.setattr(regroup_people.RecordNeighbours, "to", lambda *_: {})
    take(config, folder, saying("ana-2", phone="07700 900002"), "corrected")
    whose = whose_are([ANA_1, ANA_2])
    return whose[ANA_1] == whose[ANA_2]


def test_a_correction_does_not_part_two_records_that_the_index_would_not_lay_side_by_side(
    linked, tmp_path, monkeypatch
):
    assert still_one(linked, tmp_path, monkeypatch)


def test_forgetting_with_whom_a_pair_was_kept_turns_this_red(linked, tmp_path, monkeypatch):
    """The counter."""
    real, asked = regroup_people.linkage_runs.ties_of, []

    def first_nothing(*given: Any) -> Any:
        asked.append(given)
        return {} if len(asked) == 1 else real(*given)

    monkeypatch.setattr(regroup_people.linkage_runs, "ties_of", first_nothing)

    assert not still_one(linked, tmp_path, monkeypatch)


# --- the ledger ---------------------------------------------------------------------------------------


def test_who_comes_to_others_is_a_combination_once_and_nothing_more_the_second_time(linked, tmp_path):
    before = len(lines())
    take(linked, tmp_path, saying("new-1"), "new")
    link_affected(asking(NOW), linked)

    assert lines()[before:] == [(LedgerAct.COMBINATION.value, "done: 1 records linked")]
    (entry,) = LedgerEntry.objects.filter(outcome="done: 1 records linked")
    assert handles_of({(RECORD, *one) for one in (ANA_1, ANA_2, TWO[0])}) <= set(entry.ids[2:-2].split('","'))


def test_those_who_stay_together_when_one_leaves_are_parted_and_not_combined_again(linked, tmp_path):
    take(linked, tmp_path, saying("new-1"), "new")
    before = len(lines())
    away = {
        "given_names": "Ludmilla",
        "family_name": "Overcote",
        "date_of_birth": "1950-01-01",
        "postcode": "",
        "phone": "",
    }
    take(linked, tmp_path, saying("ana-1", **away), "away")

    whose = whose_are([ANA_1, ANA_2, TWO[0]])
    assert whose[ANA_2] == whose[TWO[0]] != whose[ANA_1]
    assert [act for act, _ in lines()[before:]] == [LedgerAct.ALTERATION.value]


def test_a_parting_that_is_not_written_down_turns_this_red(linked, tmp_path, monkeypatch):
    """The counter."""
    monkeypatch.setattr(step, "_parted_records", lambda *_: set())

    with pytest.raises(AssertionError):
        test_those_who_stay_together_when_one_leaves_are_parted_and_not_combined_again(linked, tmp_path)
