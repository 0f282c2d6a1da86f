"""Questions, meetings and actions by command, as those who oversee a force use them; no option refuses its own default."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Inside
from tests.made.stores import Stores

from duecare.cli import main

pytestmark = pytest.mark.one_engine  # the steps behind it are tried on both


@pytest.fixture
def run(stores: Stores, tmp_path: Path) -> Inside:
    """An empty store with an account for each who has a part."""
    store = stores.new()
    with store():
        from duecare.store import accounts

        for account, role in (("mayor", "mayors_office"), ("expert", "expert"), ("chief", "chief_officer")):
            accounts.enrol_account(account, [role])
    return Inside(store, tmp_path)


def done(run: Inside, who: str, *args: str):
    answer = run("oversight", *args, "--json", DUECARE_USER=who)
    assert answer.code == 0, answer.err
    return answer.json


def test_a_meeting_from_a_question_to_an_action_that_was_done(run):
    asked = done(run, "expert", "ask", "Who answers for custody?")
    done(run, "chief", "answer", str(asked["number"]), "The chief officer does.")
    called = done(run, "mayor", "meeting", "Autumn", "--on", "2026-11-25")
    of_it = done(run, "mayor", "ask", "And at night?", "--meeting", str(called["number"]))
    done(run, "mayor", "minute", str(called["number"]), "The answer was heard.")
    action = done(run, "mayor", "action", str(called["number"]), "Name who is on call.", "--owner", "bcu_lead")
    done(run, "mayor", "done", str(action["number"]), "The list was read out.")
    found = done(run, "chief", "list")

    assert (asked["meeting"], of_it["meeting"]) == (None, called["number"])
    assert {one["words"]: len(one["answers"]) for one in found["questions"]} == {
        "Who answers for custody?": 1, "And at night?": 0,
    }  # fmt: skip
    assert found["actions"][0]["done"]["words"] == "The list was read out."
    assert [len(one["minutes"]) for one in found["meetings"]] == [1]


def test_in_words_each_stands_on_a_line(run):
    done(run, "expert", "ask", "Who answers for custody?")

    assert run("oversight", "list", DUECARE_USER="chief").out == "question 1  waits  Who answers for custody?\n"


def test_a_question_for_a_meeting_that_is_not_there_is_refused(run):
    answer = run("oversight", "ask", "Why?", "--meeting", "9", DUECARE_USER="expert")

    assert answer.code != 0
    assert "there is no such meeting" in answer.err


def options(of: click.Command, context: click.Context) -> Iterator[tuple[str, click.Option, click.Context]]:
    if isinstance(of, click.Group):
        for name in of.list_commands(context):
            one = of.get_command(context, name)
            assert one is not None
            yield from options(one, click.Context(one, parent=context, info_name=name))
    yield from ((context.command_path, one, context) for one in of.params if isinstance(one, click.Option))


def test_no_option_refuses_its_own_default():
    tried = 0
    for _, option, context in options(main, click.Context(main, info_name="duecare")):
        if isinstance(option.default, str | int | float):
            option.type_cast_value(context, option.get_default(context))
            tried += 1

    assert tried
