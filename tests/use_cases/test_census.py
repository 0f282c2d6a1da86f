"""The children in need census, through the store: received, accounted for, corrected and received again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.made.census import assessment, census, child, details, enquiry
from tests.made.stores import Store, asking

from duecare.record.pole import CaseKey
from duecare.store.facts.fact_lookup import facts_of_case
from duecare.use_cases.deliveries.list_deliveries import export_set_aside, read_delivery
from duecare.use_cases.deliveries.receive_delivery import receive_files

REF = CaseKey("cin", "202/C1/2022-10-06")
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
BAD = details(assessment("2022-11-20", "2022-10-07"), enquiry("2022-10-10"))


def sent(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def kinds(ref: CaseKey) -> list[str]:
    return sorted(event.kind for event in facts_of_case(ref, None).events)


def test_a_row_set_aside_is_exported_corrected_and_received_again(store: Store, tmp_path: Path) -> None:
    with store() as config:
        first = sent(tmp_path, "CIN_2023.xml", census(child(BAD)))
        (shown,) = receive_files(asking(NOW), config, [first], source="cin")
        before = kinds(REF)
        exported = export_set_aside(asking(NOW), shown.id, "CIN_2023.xml").decode()
        mended = sent(tmp_path, "CIN_2023.csv", exported.replace("2022-10-07", "2022-12-07"))
        (again,) = receive_files(asking(NOW), config, [mended], source="cin")

        assert (shown.status, shown.rows_in, shown.accepted, shown.set_aside) == ("accepted", 4, 3, 1)
        assert before == ["referral_received", "s47_started"]
        assert (again.status, again.rows_in, again.accepted, again.set_aside) == ("accepted", 1, 1, 0)
        assert kinds(REF) == ["assessment_completed", "referral_decided", "referral_received", "s47_started"]
        page = read_delivery(asking(NOW), shown.id)
        assert (page.set_aside, page.received_again) == ((), 1)


def test_the_same_census_again_is_a_duplicate_and_a_copy_of_another_name_too(store: Store, tmp_path: Path) -> None:
    with store() as config:
        text = census(child(details(enquiry("2022-10-10"))))
        one = sent(tmp_path, "a.xml", text)
        two = sent(tmp_path, "b.xml", text)
        shown = receive_files(asking(NOW), config, [one, two], source="cin")

        assert [each.status for each in shown] == ["accepted", "duplicate"]


def test_a_later_collection_changes_what_it_shows_and_leaves_the_rest(store: Store, tmp_path: Path) -> None:
    with store() as config:
        older = sent(tmp_path, "2023.xml", census(child(details(enquiry("2022-10-10")))))
        closed = details(enquiry("2022-10-10"), CINclosureDate="2023-06-01", ReasonForClosure="RC1")
        newer = sent(tmp_path, "2024.xml", census(child(closed, GenderCurrent="", Sex="F"), year="2024"))
        receive_files(asking(NOW), config, [newer, older], source="cin")

        assert kinds(REF) == ["case_closed", "referral_received", "s47_started"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(census(child())[:-20], "EXT-019", id="cut short"),
        pytest.param("<!DOCTYPE Message>" + census(child()).partition("\n")[2], "EXT-020", id="a document type"),
        pytest.param(census(child(), year="2031"), "EXT-023", id="an unknown year"),
    ],
)
def test_a_refused_census_leaves_nothing_behind(store: Store, tmp_path: Path, text: str, code: str) -> None:
    with store() as config:
        (shown,) = receive_files(asking(NOW), config, [sent(tmp_path, "return.xml", text)], source="cin")

        assert shown.status == "refused"
        assert any(code in reason for reason in shown.reasons)
        assert kinds(REF) == []
