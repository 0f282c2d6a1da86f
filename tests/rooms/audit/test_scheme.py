"""Grade schemes: words in any form, one cut, and what may be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.audit.agreement.crosstab import Crosstab, cross_tabulate
from duecare.audit.grading.grade_scheme import GRADE_CUT, Scheme, common_footing, grade_schemes
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown

OLD, NEW = grade_schemes()["case-files-2014"], grade_schemes()["case-files-2017"]


def test_every_scheme_names_its_source_and_years():
    assert [one.id for one in grade_schemes().values() if not one.source_urls or not one.says] == []
    assert [one.id for one in grade_schemes().values() if one.was_used_in(2016)] == ["case-files-2014"]
    assert [one.id for one in grade_schemes().values() if one.was_used_in(2025)] == ["topics-2024"]
    assert not any(one.was_used_in(2013) for one in grade_schemes().values())


@given(
    st.sampled_from(sorted(grade_schemes())),
    st.integers(0, 3),
    st.sampled_from([str.upper, str.title, str.lower, str.capitalize]),
    st.sampled_from([" ", "_", "-", "  "]),
    st.sampled_from(["", " ", "\t"]),
)
def test_a_word_is_read_in_any_case_and_spacing(id_, at, cased, between, around):
    scheme = grade_schemes()[id_]
    grade = scheme.grades[at % len(scheme.grades)]

    assert scheme.read(around + cased(grade.replace("_", between)) + around) == grade


@pytest.mark.parametrize(
    ("word", "reason"),
    [("", "no grade is given"), (" _ ", "no grade is given"), ("adequate", "not a grade of the scheme")],
)
def test_an_empty_cell_and_a_strange_word_are_unknown(word, reason):
    found = NEW.read(word)

    assert isinstance(found, Unknown)
    assert reason in found.reason


def adequate_met_the_standard_and_requires_improvement_did_not():
    assert [OLD.side(grade) for grade in OLD.grades] == [GRADE_CUT[0], GRADE_CUT[0], GRADE_CUT[1], GRADE_CUT[1]]
    assert [NEW.side(grade) for grade in NEW.grades] == [GRADE_CUT[0], GRADE_CUT[1], GRADE_CUT[1]]


def test_adequate_met_the_standard_and_requires_improvement_did_not():
    adequate_met_the_standard_and_requires_improvement_did_not()


def test_one_scheme_is_compared_grade_by_grade():
    found = common_footing(OLD, OLD)

    assert (found.grades, found.meets, found.note) == (OLD.grades, 2, "")


def across_schemes_only_the_cut_is_compared_and_the_note_says_so():
    found = common_footing(OLD, NEW)

    assert (found.grades, found.meets) == (GRADE_CUT, 1)
    assert found.note == (
        "Case files, 2014 to 2016 and Case files, 2017 to 2023 are compared only on whether the standard was met: "
        "Case files, 2014 to 2016 had 'adequate', which the other had not"
    )


def test_across_schemes_only_the_cut_is_compared_and_the_note_says_so():
    across_schemes_only_the_cut_is_compared_and_the_note_says_so()


def test_two_eras_with_the_same_words_are_still_two_schemes():
    found = common_footing(OLD, grade_schemes()["topics-2024"])

    assert found.grades == GRADE_CUT
    assert found.note.endswith("compared only on whether the standard was met")


@pytest.mark.parametrize(
    ("grades", "meets", "years", "fault"),
    [
        (("good", "bad"), 2, (2020, None), "fall below"),
        (("good", "bad"), 0, (2020, None), "meet the standard"),
        (("good", "good"), 1, (2020, None), "twice"),
        (("Good", "bad"), 1, (2020, None), "plain"),
        (("", "bad"), 1, (2020, None), "empty"),
        (("good", "bad"), 1, (2020, 2019), "before its first"),
    ],
)
def test_a_scheme_that_cannot_be_used_is_refused(grades, meets, years, fault):
    with pytest.raises(Refusal) as refused:
        Scheme("mine", "Mine", grades, meets, *years)

    assert refused.value.code == "AUD-002"
    assert fault in str(refused.value)


# --- the cross-table ----------------------------------------------------------------------------------------


def test_pairs_are_counted_force_down_and_inspectorate_across():
    found = cross_tabulate([("Good", "Requires improvement"), ("GOOD", "inadequate"), ("good", "good")] * 2, NEW)

    assert found.counts == ((2, 2, 2), (0, 0, 0), (0, 0, 0))
    assert (found.n, found.agreed, found.by_force, found.by_inspectorate) == (6, 2, (6, 0, 0), (2, 2, 2))
    assert found.as_json()["force_down_inspectorate_across"] == [[2, 2, 2], [0, 0, 0], [0, 0, 0]]


def test_pairs_of_two_schemes_are_counted_on_the_cut_with_the_note():
    found = cross_tabulate(
        [("adequate", "requires improvement"), ("good", "good"), ("inadequate", "inadequate")], OLD, NEW
    )

    assert (found.grades, found.counts) == (GRADE_CUT, ((1, 1), (0, 1)))
    assert "'adequate'" in found.note
    assert found.on_the_cut is found


def test_words_outside_the_scheme_are_all_named_and_nothing_is_counted():
    with pytest.raises(Refusal) as refused:
        cross_tabulate([("adequate", "good"), ("good", "good"), ("good", "")], NEW)

    assert refused.value.code == "AUD-004"
    assert refused.value.faults == (
        "pair 1, the force: not a grade of the scheme case-files-2017",
        "pair 3, the inspectorate: no grade is given",
    )


@given(st.lists(st.tuples(st.sampled_from(OLD.grades), st.sampled_from(OLD.grades))))
def test_on_the_cut_no_file_is_lost_and_each_side_passes_as_many(pairs):
    held = cross_tabulate(pairs, OLD)

    cut = held.on_the_cut

    assert cut.n == held.n == len(pairs)
    assert cut.by_force[0] == sum(map(OLD.is_met, (force for force, _ in pairs)))
    assert cut.by_inspectorate[0] == sum(map(OLD.is_met, (inspectors for _, inspectors in pairs)))


@pytest.mark.parametrize(
    ("grades", "meets", "counts"),
    [
        (("a",), 1, ((1,),)),
        (("a", "b"), 1, ((1, 2),)),
        (("a", "b"), 1, ((1,), (2,))),
        (("a", "b"), 1, ((1, -1), (0, 0))),
        (("a", "b"), 2, ((1, 1), (0, 0))),
    ],
)
def test_what_is_no_cross_table_is_refused(grades, meets, counts):
    with pytest.raises(Refusal) as refused:
        Crosstab(grades, meets, counts)

    assert refused.value.code == "AUD-003"
