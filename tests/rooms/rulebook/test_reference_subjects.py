"""Every limit's reference says its subject, and one reference never spans two subjects' texts."""

import pytest

from duecare.rulebook.all_duties import all_duties
from duecare.rulebook.reference_subjects import REFERENCE_SUBJECTS, subject_of_reference

REFERENCES = sorted({ref for duty in all_duties() for rule in duty.rules for ref, _ in rule.turns})


@pytest.mark.parametrize("reference", REFERENCES)
def test_the_letters_of_every_reference_in_use_are_explained(reference):
    assert subject_of_reference(reference) in REFERENCE_SUBJECTS.values()


def test_every_subject_is_in_use():
    assert {reference[:2] for reference in REFERENCES} == set(REFERENCE_SUBJECTS)


@pytest.mark.parametrize("reference", ["", "CU", "CU0", "CU08", "XX1", "cu8", "CU8a", "C8", "CUS8"])
def test_what_is_no_reference_is_refused(reference):
    with pytest.raises(ValueError, match="two letters of AL, CP, CU, MI, RO, SC and a number"):
        subject_of_reference(reference)
