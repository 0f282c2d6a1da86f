"""Which files could be drawn: kinds, areas, periods, and what is not known."""

from datetime import UTC, datetime

import pytest

from duecare.audit.rounds.sampling_frame import Choice, File, choose_files
from duecare.vocabulary.london_clock import read_time
from duecare.vocabulary.moments import When
from duecare.vocabulary.refusals import Refusal


def opened(text: str) -> When:
    return read_time(text).when


FILES = [
    File("merlin", "1", "child_concern", "E09000007", opened("2026-03-01"), "red"),
    File("merlin", "2", "child_concern", " camden ", opened("2026-04-01T00:00"), ""),
    File("crime", "3", "crime", "eastmoor", opened("2026-03-31"), "red"),
    File("crime", "4", "crime", "Eastmoor", None, "low"),
    File("crime", "5", "", "", opened("2026-03-15T09:00"), ""),
]


def strata(**choice):
    return {case.case_ref: case.stratum for case in choose_files(FILES, Choice(**choice)).frame.cases}


def test_every_file_stands_in_the_stratum_of_its_kind_and_area_however_the_area_is_spelt():
    assert strata() == {
        "1": ("child_concern", "Camden"),
        "2": ("child_concern", "Camden"),
        "3": ("crime", "Eastmoor"),
        "4": ("crime", "Eastmoor"),
        "5": ("not known", "not known"),
    }


def test_risk_is_part_of_the_stratum_only_where_it_is_asked_for():
    everything = frozenset({"kind", "area", "risk"})

    assert strata(by=everything)["1"] == ("child_concern", "Camden", "red")
    assert strata(by=everything)["2"] == ("child_concern", "Camden", "not known")


def test_strata_can_be_made_of_less_and_never_of_nothing():
    assert strata(by=frozenset({"area"}))["3"] == ("Eastmoor",)
    assert strata(by=frozenset({"risk", "kind"}))["1"] == ("child_concern", "red")
    for wrong in (frozenset(), frozenset({"kind", "officer"})):
        with pytest.raises(Refusal):
            strata(by=wrong)


def test_kinds_and_areas_are_chosen():
    assert strata(kinds=frozenset({"crime"})).keys() == {"3", "4"}
    assert strata(areas=frozenset({"Camden", "EASTMOOR"})).keys() == {"1", "2", "3", "4"}


def test_a_period_takes_what_was_certainly_opened_within_it_and_says_how_many_it_cannot_place():
    march = {
        "opened_from": opened("2026-03-01").earliest,
        "opened_to": opened("2026-03-31").latest,
    }

    assert strata(**march).keys() == {"1", "3", "5"}
    assert choose_files(FILES, Choice(**march)).undated == 1
    assert choose_files(FILES, Choice(kinds=frozenset({"child_concern"}), **march)).undated == 0
    assert choose_files(FILES, Choice()).undated == 0


def test_a_day_that_is_only_partly_within_the_period_is_not_taken():
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)

    assert "1" not in strata(opened_from=noon)


def test_nothing_chosen_is_refused():
    with pytest.raises(Refusal) as refused:
        strata(kinds=frozenset({"missing"}))

    assert refused.value.code == "AUD-005"
