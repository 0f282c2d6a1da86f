"""Nobody in the made-up force can be mistaken for anybody: numbers and addresses are of ranges kept for made-up people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.rooms.synthetic.reading import Small

from duecare.synthetic import household, numbers
from duecare.synthetic.write import write_synthetic
from duecare.vocabulary.identifiers import read_cro_number, read_nhs_number, read_pnc_id, read_upn

PHONE = re.compile(r"07700 900\d{3}")
MAIL = re.compile(r"[a-z0-9.]+@example\.(org|com|net)")


def real_looking(small: Small) -> list[str]:
    """What in the deliveries does not lie in a range kept for made-up people?"""
    found = []
    people = [*small.rows("pole", "persons"), *small.rows("merlin", "nominals"), *small.rows("visor", "offenders")]
    for row in people:
        phone, mail = row.get("phone") or row.get("telephone") or "", row.get("email") or ""
        nhs, postcode = (
            row.get("nhs_number") or row.get("nhs_no") or "",
            row.get("postcode") or row.get("home_postcode"),
        )
        if phone and not PHONE.fullmatch(phone):
            found.append("phone")
        if mail and not MAIL.fullmatch(mail):
            found.append("mail")
        if nhs and not nhs.startswith("999"):
            found.append("NHS number")
        if postcode and not postcode.startswith("NM"):
            found.append("postcode")
    return found


def test_every_number_and_address_is_of_a_range_kept_for_made_up_people(small: Small) -> None:
    assert real_looking(small) == []
    assert (small.out / "truth" / "MADE-UP.txt").exists()


def test_a_telephone_number_outside_the_range_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(household.numbers, "phone_number", lambda serial: f"07700 123{serial % 1000:03d}")

    made = write_synthetic(tmp_path / "spoilt")

    assert "phone" in real_looking(Small(tmp_path / "spoilt", made))


def test_numbers_that_should_be_valid_are_valid_by_the_vocabulary_that_reads_them() -> None:
    for serial in range(1, 3000, 7):
        assert isinstance(read_pnc_id(numbers.pnc_id(1990 + serial % 34, serial)), str)
        assert read_pnc_id(numbers.pnc_id(1999, serial)) == read_pnc_id(numbers.long_pnc_id(1999, serial))
        assert isinstance(read_cro_number(numbers.cro_number(2008, serial)), str)
        assert isinstance(read_upn(numbers.make_upn(950, 1000, serial)), str)
        assert not numbers.nhs_number(serial) or isinstance(read_nhs_number(numbers.nhs_number(serial)), str)
        assert not isinstance(read_pnc_id(numbers.bad_letter(numbers.pnc_id(1999, serial))), str)


def test_a_few_police_numbers_have_a_wrong_check_letter_and_most_a_right_one(small: Small) -> None:
    written = [row["pnc_id"] for row in small.rows("visor", "offenders") if row["pnc_id"]]
    written += [row["pnc_id"] for row in small.rows("custody", "records") if row["pnc_id"]]
    wrong = sum(not isinstance(read_pnc_id(number), str) for number in written)

    assert 1 <= wrong <= len(written) * 0.06


def test_no_text_describes_what_happened(small: Small) -> None:
    texts = {row["narrative"] for row in small.rows("merlin", "reports")}
    texts |= {row["text"] for row in small.rows("pole", "events")}

    assert texts <= {"", "Report received."}
