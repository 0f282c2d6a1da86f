"""How the parts of a declaration are said in plain words."""

import pytest

from duecare.duty.allowance import ByTrigger, Months
from duecare.duty.condition import CaseKindAmong, DetailGiven, DetailNumber, KindAmong, Not
from duecare.duty.declaration import Fact
from duecare.duty.words import allowance_words, condition_words, fact_words, short_allowance


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (DetailNumber("months"), "months is a number"),
        (DetailNumber("months", at_least=30), "months is at least 30"),
        (DetailNumber("months", below=6.01), "months is below 6.01"),
        (DetailNumber("months", 6, 7), "months is at least 6 and below 7"),
    ],
)
def test_a_number_is_said_with_whichever_bounds_it_has(asked, said):
    assert condition_words(asked) == said


def test_a_long_table_is_only_named_in_a_sentence():
    row = ((KindAmong(("cautioned",)),), Months(24))
    short, long = ByTrigger((row,)), ByTrigger((row,) * 7)

    assert short_allowance(short) == allowance_words(short)
    assert "7 in the table" in short_allowance(long)


def test_facts_under_the_same_conditions_are_said_together():
    where = (Not(CaseKindAmong(("custody",))), DetailGiven("reason"))
    said = fact_words((Fact("arrested", where), Fact("charged", where), Fact("told"), Fact("bailed", where[1:])))

    assert said == (
        "`arrested` or `charged`, each where not (the case is of custody) and reason is given, or `told`,"
        " or `bailed` where reason is given"
    )
