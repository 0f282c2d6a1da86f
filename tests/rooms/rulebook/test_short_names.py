"""A duty in a few words: each has its own, short enough for a list."""

from __future__ import annotations

import pytest

from duecare.rulebook import short_names
from duecare.rulebook.all_duties import all_duties
from duecare.rulebook.short_names import SHORT, duty_words


@pytest.mark.parametrize("duty_id", [duty.id for duty in all_duties()])
def test_a_duty_has_short_words_that_fit_a_list(duty_id: str) -> None:
    words = duty_words(duty_id)

    assert words == SHORT[duty_id]
    assert words[0].isupper()
    assert 10 < len(words) <= 60
    assert not words.endswith(".")
    assert words == words.strip()


def test_no_words_stand_for_a_duty_that_is_no_more_and_no_two_duties_share_them() -> None:
    assert set(SHORT) == {duty.id for duty in all_duties()}
    assert len(set(SHORT.values())) == len(SHORT)


def test_without_short_words_the_first_sentence_of_the_duty_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_names, "SHORT", {})

    assert duty_words("LOCAL-see-the-child") == "The child is seen or spoken to, the sooner the graver the risk"
    assert duty_words("LOCAL-allocate-investigator") == (
        "A named investigator is allocated to the case, and whenever nobody is left, another"
    )


def test_an_unknown_duty_is_named_by_its_id() -> None:
    assert duty_words("LOCAL-no-such-duty") == "LOCAL-no-such-duty"
