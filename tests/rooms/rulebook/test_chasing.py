"""When a recommendation is late and who is told is the force's own choice, read strictly."""

import pytest

from duecare.rulebook.chasing_days import USUAL, Chasing
from duecare.rulebook.force_policy import read_policy
from duecare.vocabulary.refusals import Refusal


def test_what_a_force_sets_is_read_and_the_rest_is_as_usual(tmp_path):
    path = tmp_path / "force.toml"
    path.write_text("[recommendations]\nimmediate_days = 7\n")

    assert read_policy(path).chasing == Chasing(7, USUAL.soon_days, USUAL.chief_officer_days)
    path.write_text("")
    assert read_policy(path).chasing == USUAL


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("least_cases = 4", "recommendations.least_cases is not a number between 5 and 10000"),
        ("immediate_days = -1", "recommendations.immediate_days is not a number"),
        ('soon_days = "soon"', "recommendations.soon_days is not a number"),
        ("late_days = 3", "recommendations.late_days is not a setting"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, said, fault):
    path = tmp_path / "force.toml"
    path.write_text(f"[recommendations]\n{said}\n")
    with pytest.raises(Refusal) as refused:
        read_policy(path)

    assert fault in str(refused.value)
