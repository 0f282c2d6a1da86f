"""Officers are shown by rank and name with the number beside, where the officers file gives them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.web.test_pages import CASE, PERSON, text

from duecare.record.pole import OfficerRecord
from duecare.visibility import officer_names

pytestmark = pytest.mark.django_db


@pytest.fixture
def officers_file(monkeypatch):
    """The officers file: one named twice, one without a name."""
    later = datetime(2016, 1, 1, tzinfo=UTC)
    records = (
        OfficerRecord("people", "S100", "Sue EARLIER", "constable", from_=datetime(2012, 1, 1, tzinfo=UTC)),
        OfficerRecord("people", "S100", "Sue LATER", "detective_sergeant", from_=later),
        OfficerRecord("people", "I200", "Ian MADEUP"),
        OfficerRecord("people", "N300", "", "constable"),
    )
    monkeypatch.setattr(officer_names, "known_roster", lambda known_at: (records, ()))


def test_an_officer_is_named_by_the_record_that_starts_last_and_one_without_a_name_is_not(officers_file):
    assert dict(officer_names.officer_names()) == {
        "S100": "detective sergeant Sue LATER (S100)",
        "I200": "Ian MADEUP (I200)",
    }


@pytest.mark.parametrize("path", ["/worklist/", "/findings/?state=any", CASE, PERSON])
def test_pages_name_officers_and_keep_the_number(officers_file, made_steps, signed_in, path):
    page = text(signed_in("chief_officer"), path)

    assert "Sue LATER (S100)" in page or "Ian MADEUP (I200)" in page
    assert "Sue EARLIER" not in page


def test_without_an_officers_file_the_number_stands_alone(made_steps, signed_in):
    assert "Allocated to I200" in text(signed_in("chief_officer"), "/worklist/")
