"""What a force sets about publishing counts of children."""

from __future__ import annotations

import pytest

from duecare.config import shipped
from duecare.disclosure import DisclosurePolicy, read_disclosure
from duecare.disclosure.disclosure_policy import disclosure_of
from duecare.vocabulary.refusals import Refusal


def test_the_shipped_policy_is_the_one_decided():
    assert read_disclosure(shipped("policy") / "force.sample.toml") == DisclosurePolicy()


def test_what_is_left_out_keeps_the_value_decided(tmp_path):
    path = tmp_path / "force.toml"
    path.write_text("[disclosure]\nmode = 'round'\nbase = 10\n")

    assert read_disclosure(path) == DisclosurePolicy(mode="round", base=10)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"treshold": 5}, "disclosure.treshold is not a setting"),
        ({"mode": "hide"}, "disclosure.mode is neither suppress nor round"),
        ({"threshold": True}, "disclosure.threshold is not a whole number between 2 and 100"),
        ({"protection": 1}, "disclosure.protection is not a whole number between 2 and 100"),
        ({"base": 2.5}, "disclosure.base is not a whole number between 2 and 100"),
        ({"insider": 3}, "disclosure.insider is not the name of a dimension"),
        ("yes", "disclosure is not a table"),
    ],
)
def test_what_cannot_be_is_refused(said, fault):
    with pytest.raises(Refusal) as refused:
        disclosure_of(said, "force.toml")

    assert (refused.value.code, refused.value.faults) == ("CFG-002", (fault,))


@pytest.mark.parametrize("content", [None, b"[disclosure", b"\xff"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path, content):
    path = tmp_path / "force.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(Refusal, match="CFG-002"):
        read_disclosure(path)
