"""Who may check what, what a check is bound to, when a release goes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.made.quarters import clearance

from duecare.report.release.release_lifecycle import Access, Check, Life, Stage, Version, draft_faults
from duecare.vocabulary.refusals import Refusal

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
OUT = NOW + timedelta(days=7)


def version(number=1, content="a" * 64, by="author", **more):
    said = {"access": (), "corrects": "", "why": "", "publish_at": OUT, **more}
    return Version(number, content, drafted_by=by, drafted_at=NOW, **said)


def check(account, of, passed=True):
    return Check(account, NOW, of.seal, passed)


def life(*versions, checks=(), published_at=None):
    return Life("q", versions, tuple(checks), published_at)


def test_two_checks_by_two_people_who_did_not_draft_it_make_it_ready():
    one = version()

    assert life(one).stage is Stage.DRAFT
    assert life(one, checks=[check("first", one)]).stage is Stage.DRAFT
    assert life(one, checks=[check("first", one), check("first", one)]).stage is Stage.DRAFT
    assert life(one, checks=[check("first", one), check("author", one)]).stage is Stage.DRAFT
    assert life(one, checks=[check("first", one), check("second", one)]).stage is Stage.CHECKED
    assert life(one, checks=[check("first", one), check("second", one, passed=False)]).stage is Stage.REFUSED


@pytest.mark.parametrize(
    "changed",
    [
        {"content": "b" * 64},
        {"publish_at": OUT - timedelta(days=6)},
        {"access": (Access("friend", NOW),)},
        {"why": "another reason"},
    ],
    ids=["content", "time", "list", "reason"],
)
def test_approve_then_edit_voids_what_was_approved(changed):
    one = version()
    checked = [check("first", one), check("second", one)]
    edited = life(one, version(2, **changed), checks=checked)

    assert edited.stage is Stage.DRAFT
    assert edited.standing == ()
    assert not edited.is_due(OUT + timedelta(days=1))


def test_an_author_of_any_version_checks_none():
    one, two = version(by="first author"), version(2, by="second author", content="b" * 64)
    both = life(one, two)

    for author in ("first author", "second author"):
        with pytest.raises(Refusal) as refused:
            both.refuse_check(author, two.seal)
        assert refused.value.code == "REP-023"
    assert life(one, two, checks=[check("first author", two), check("x", two)]).stage is Stage.DRAFT


def test_a_check_is_of_what_was_read_and_once_and_not_of_what_is_out():
    one, two = version(), version(2, content="b" * 64)

    for made, account, seal, code in (
        (life(one, two), "first", one.seal, "REP-024"),
        (life(one, checks=[check("first", one)]), "first", one.seal, "REP-023"),
        (life(one, published_at=OUT), "first", one.seal, "REP-026"),
    ):
        with pytest.raises(Refusal) as refused:
            made.refuse_check(account, seal)
        assert refused.value.code == code
    life(one, checks=[check("first", one)]).refuse_check("second", one.seal)


def test_it_is_due_once_checked_and_its_time_has_come_and_not_again_once_out():
    one = version()
    checked = life(one, checks=[check("first", one), check("second", one)])

    assert not checked.is_due(OUT - timedelta(seconds=1))
    assert checked.is_due(OUT)
    assert not life(one).is_due(OUT)
    assert not replace(checked, published_at=OUT).is_due(OUT)
    assert replace(checked, published_at=OUT).stage is Stage.PUBLISHED


def test_before_its_time_it_is_open_to_those_who_work_on_it_and_those_named_from_when_they_are():
    named = life(version(access=(Access("chief", NOW + timedelta(hours=1)),)))

    assert named.is_open_to("anybody", NOW, drafts_or_checks=True)
    assert not named.is_open_to("chief", NOW, drafts_or_checks=False)
    assert named.is_open_to("chief", NOW + timedelta(hours=1), drafts_or_checks=False)
    assert not named.is_open_to("other", OUT, drafts_or_checks=False)


def test_every_fault_of_a_draft_is_named():
    released = clearance().released
    faults = draft_faults(
        released,
        ("In 2026 there were 99,999 of them, and 374 revisits.",),
        release_slug="No Name",
        moment_now=NOW,
        publish_at=NOW,
        access=(Access("chief", OUT), Access("chief", NOW)),
    )

    assert len(faults) == 5
    assert faults[-1] == "the words name numbers that the release does not print: 99,999"
    assert (
        draft_faults(released, (), release_slug="q-3", moment_now=NOW, publish_at=OUT, access=(Access("chief", NOW),))
        == ()
    )
    assert draft_faults(released, ("word " * 900,), release_slug="q-3", moment_now=NOW, publish_at=OUT, access=()) != ()


@pytest.mark.parametrize(
    ("words", "few"),
    [
        ("In Alderwick three children were held.", "three children"),
        ("Only 2 girls were seen.", "2 girls"),
        ("Four missing boys came back.", "four missing boys"),
        ("One child waited.", "one child"),
        ("Two people answer for children; 374 children were seen.", ""),
    ],
)
def test_the_authors_words_name_no_few_children(words, few):
    released = clearance().released
    faults = draft_faults(released, (words,), release_slug="q-3", moment_now=NOW, publish_at=OUT, access=())

    assert faults == ((f"the words name few children, which no report does: {few}",) if few else ())
