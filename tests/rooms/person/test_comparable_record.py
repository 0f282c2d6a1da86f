"""What one record has to compare: standard form, checked identifiers, the name of its home."""

from __future__ import annotations

from duecare.person.comparable_record import compared_record
from duecare.record.pole import PersonRecord, RecordKey
from duecare.vocabulary.partial_date import read_partial_date

KEY = RecordKey("merlin", "1")


def test_identifiers_are_kept_only_where_the_check_holds() -> None:
    record = PersonRecord(
        KEY, pnc_id="99/123456Y", nhs_number="999 000 0018", upn="A801200001001", other_ids=("SSN: 12 3", "x:")
    )

    stood = compared_record(record)

    assert (stood.checked, stood.other_ids) == (("nhs:9990000018",), ("ssn:123",))


def test_other_names_stand_beside_the_first() -> None:
    stood = compared_record(
        PersonRecord(KEY, "Mary Anne", "O'Neil", ("Polly Jones", ""), born=read_partial_date("2009-05"))
    )

    assert (stood.given, stood.middle, stood.family) == ("mary", "anne", "oneil")
    assert (stood.other_givens, stood.other_families) == (("polly",), ("jones",))
    assert stood.born == "2009-05"


def test_a_home_is_counted_under_one_name() -> None:
    at_number = compared_record(PersonRecord(KEY, address="Flat 2, 12 Ash Rd", postcode="nm12ab"))
    by_words = compared_record(PersonRecord(KEY, address="12 Ash Rd"))

    assert at_number.home_key == "NM1 2AB#2 12"
    assert by_words.home_key == "12 ash road"
    assert (at_number.sector, at_number.outcode) == ("NM1 2", "NM1")
    assert compared_record(PersonRecord(KEY, uprn="0100")).home_key == "u100"
    assert compared_record(PersonRecord(KEY)).home_key == ""
