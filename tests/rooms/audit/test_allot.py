"""Who grades what: never a file of one's own, loads as even as that allows, refusals that name the case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.audit.rounds import file_allocation as room
from duecare.audit.rounds.file_allocation import TIE_KINDS, GraderConflict
from duecare.audit.rounds.frame_file import Case
from duecare.vocabulary.refusals import Refusal

GRADERS = ("AU1", "AU2", "AU3")
CASES = [Case("crime", f"C/{at}", ("x",)) for at in range(9)]


@st.composite
def rounds(draw):
    """Some cases, some graders, and who has to do with what, so that every case has someone free."""
    cases = CASES[: draw(st.integers(0, 9))]
    graders = [f"AU{at}" for at in range(draw(st.integers(1, 4)))]
    ties = []
    for case in cases:
        tied = draw(st.sets(st.sampled_from(graders), max_size=len(graders) - 1))
        ties += [GraderConflict(case.key, who, draw(st.sampled_from(TIE_KINDS))) for who in sorted(tied)]
    return cases, graders, ties


def fewest_at_most(cases, graders, ties):
    """The least fullest load, by trying every way there is."""
    tied = {(tie.case, tie.officer) for tie in ties}
    free = [[who for who in graders if (case.key, who) not in tied] for case in cases]
    best = {tuple([0] * len(graders))}
    for able in free:
        best = {
            tuple(load + (who == other) for load, other in zip(loads, graders, strict=True))
            for loads in best
            for who in able
        }
    return min(max(loads) for loads in best)


def nobody_grades_a_file_of_their_own(cases, graders, ties):
    found = room.allot_files(cases, graders, ties, "seed")

    assert list(found) == [case.key for case in cases]
    assert not set(found.items()) & {(tie.case, tie.officer) for tie in ties}


@given(rounds())
def test_nobody_grades_a_file_of_their_own_and_the_fullest_load_is_the_least_there_can_be(held):
    cases, graders, ties = held

    nobody_grades_a_file_of_their_own(cases, graders, ties)

    given_ = list(room.allot_files(cases, graders, ties, "seed").values())
    if cases:
        assert max(map(given_.count, graders)) == fewest_at_most(cases, graders, ties)


def test_without_ties_loads_are_even_and_the_seed_decides():
    one, other = (room.allot_files(CASES, GRADERS, [], seed) for seed in ("a", "b"))

    assert [list(one.values()).count(who) for who in GRADERS] == [3, 3, 3]
    assert one != other
    assert one == room.allot_files(CASES, GRADERS, [], "a")


def a_case_that_nobody_may_grade_is_named_and_nothing_is_allotted():
    ties = [GraderConflict(CASES[4].key, who, how) for who, how in zip(GRADERS, TIE_KINDS, strict=True)]

    with pytest.raises(Refusal) as refused:
        room.allot_files(CASES, GRADERS, [*ties, GraderConflict(CASES[4].key, "AU1", "commanded")], "seed")

    assert refused.value.code == "AUD-010"
    assert refused.value.faults == ("crime:C/4: AU1 worked and commanded it; AU2 supervised it; AU3 commanded it",)


def test_a_case_that_nobody_may_grade_is_named_and_nothing_is_allotted():
    a_case_that_nobody_may_grade_is_named_and_nothing_is_allotted()


def test_without_graders_nothing_is_allotted():
    with pytest.raises(Refusal, match="there are no graders"):
        room.allot_files(CASES[:1], [], [], "seed")
