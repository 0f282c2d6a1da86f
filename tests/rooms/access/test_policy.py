"""Decisions one by one: what is refused, by which code and for which kind of reason, and what a viewer brings along."""

from __future__ import annotations

import pytest

from duecare.access import (
    ROLE,
    ROLES,
    Act,
    CaseThing,
    FileThing,
    No,
    PersonThing,
    Plain,
    Reach,
    Viewer,
    Yes,
    grades_blind,
    may,
)
from duecare.access.may_act import NOT_YOUR_ROLE, NOT_YOURS, OUTSIDE
from duecare.access.viewer import plain, plain_set
from duecare.vocabulary.refusals import Refusal

INVESTIGATOR = Viewer("a1", frozenset({"investigator"}), "NM1", frozenset({"Team 3"}), frozenset({"East"}))
AUDITOR = Viewer("a2", frozenset({"auditor"}))
OWN = CaseThing("c1", officers=frozenset({"nm1 "}))
TEAM = CaseThing("c2", team=" TEAM 3")
OTHER = CaseThing("c3", team="Team 4", area="East", officers=frozenset({"NM2"}))


def refused(viewer: Viewer, act: Act, thing: object) -> No:
    answer = may(viewer, act, thing)
    assert isinstance(answer, No)
    assert not answer
    return answer


def test_yes_is_true_and_no_is_false_and_becomes_a_refusal_of_its_code() -> None:
    assert bool(Yes()) is True
    no = No("ACC-001", "why")
    assert bool(no) is False
    assert isinstance(no.refusal(), Refusal)
    assert no.refusal().code == "ACC-001"
    assert "why" not in str(no.refusal())


@pytest.mark.parametrize("case", [OWN, TEAM])
def test_an_own_case_and_one_of_the_team_open(case: CaseThing) -> None:
    assert may(INVESTIGATOR, Act.OPEN_CASE, case)
    assert may(INVESTIGATOR, Act.OPEN_PERSON, PersonThing("p", (OTHER, case)))


def test_whoever_is_outside_is_told_the_same_whether_it_is_sealed_or_another_s() -> None:
    sealed = CaseThing("c4", team="Team 3", sealed=True)

    for thing, act in (
        (OTHER, Act.OPEN_CASE),
        (sealed, Act.OPEN_CASE),
        (CaseThing("c5", team="Team 3", sealed=True, restricted=True), Act.OPEN_CASE),
        (PersonThing("p", (OTHER,)), Act.OPEN_PERSON),
        (PersonThing("p", (TEAM,), sealed=True), Act.OPEN_PERSON),
        (PersonThing("p"), Act.OPEN_PERSON),
    ):
        assert refused(INVESTIGATOR, act, thing) == No(NOT_YOURS, OUTSIDE)


def test_only_of_what_is_restricted_and_not_sealed_the_ledger_learns_that_it_is() -> None:
    restricted = CaseThing("c6", team="Team 3", restricted=True)

    assert "restricted" in refused(INVESTIGATOR, Act.OPEN_CASE, restricted).reason
    assert "restricted" in refused(INVESTIGATOR, Act.OPEN_PERSON, PersonThing("p", (TEAM,), restricted=True)).reason
    assert refused(INVESTIGATOR, Act.OPEN_CASE, restricted).code == NOT_YOURS


@pytest.mark.parametrize(
    ("act", "thing"),
    [
        (Act.OPEN_CASE, PersonThing("p", (OWN,))),
        (Act.OPEN_PERSON, OWN),
        (Act.READ_WORKLIST, OWN),
        (Act.READ_WORKLIST, Plain.FRONT),
        (Act.GRADE_FILE, OWN),
        (Act.OPEN_CASE, Plain.WORKLIST),
    ],
)
def test_an_act_is_done_to_its_own_kind_of_thing(act: Act, thing: object) -> None:
    assert not act.is_done_to(thing)
    assert refused(INVESTIGATOR, act, thing).code == NOT_YOUR_ROLE


@pytest.mark.parametrize("act", list(Act))
def test_every_act_has_a_title_words_and_one_thing(act: Act) -> None:
    things = [OWN, PersonThing("p"), FileThing("r", "c"), *Plain]

    assert sum(map(act.is_done_to, things)) == 1
    assert act.title
    assert act.words
    assert act.title != act.words


def test_a_role_that_lacks_an_act_is_named_and_of_somebody_s_case_the_refusal_is_as_of_any_other() -> None:
    plain_thing = refused(INVESTIGATOR, Act.READ_DRAFTS, Plain.RELEASES)
    assert plain_thing.code == NOT_YOUR_ROLE
    assert "investigator" in plain_thing.reason
    for act, thing in ((Act.OPEN_CASE, OWN), (Act.OPEN_PERSON, PersonThing("p"))):
        assert refused(AUDITOR, act, thing).code == NOT_YOURS
    assert refused(INVESTIGATOR, Act.GRADE_FILE, FileThing("r", "c", frozenset({"a1"}))).code == NOT_YOURS
    assert "none" in refused(Viewer("a9", frozenset({"no such role"})), Act.READ_WORKLIST, Plain.WORKLIST).reason


def test_a_file_is_graded_by_whom_it_was_allotted_to() -> None:
    file = FileThing("r", "c", frozenset({"a2"}))

    assert may(AUDITOR, Act.GRADE_FILE, file)
    assert may(AUDITOR, Act.REFER_BACK, file)
    assert refused(Viewer("a3", frozenset({"auditor"})), Act.GRADE_FILE, file).code == NOT_YOURS
    assert refused(Viewer("a3", frozenset({"auditor"})), Act.REFER_BACK, file).code == NOT_YOURS


@pytest.mark.parametrize("other", ["investigator", "audit_lead", "inspector", "chief_officer"])
def test_whoever_is_something_else_too_does_not_grade_but_may_send_a_case_back(other: str) -> None:
    viewer = Viewer("a2", frozenset({"auditor", other}))
    file = FileThing("r", "c", frozenset({"a2"}))

    assert not grades_blind(viewer.roles)
    assert refused(viewer, Act.GRADE_FILE, file).code == NOT_YOURS
    assert may(viewer, Act.REFER_BACK, file)


@pytest.mark.parametrize("channel", ["web", "command", "job"])
def test_what_is_open_by_command_line_only_is_open_by_no_other_channel(channel: str) -> None:
    viewer = Viewer("d", frozenset({"data_officer"}), channel=channel)

    assert bool(may(viewer, Act.READ_WORKLIST, Plain.WORKLIST)) is (channel == "command")
    assert (Reach.ALL in viewer.reach) is (channel == "command")
    assert may(viewer, Act.RECEIVE, Plain.DELIVERIES)


def test_a_viewer_has_what_all_their_roles_give_and_an_unknown_role_gives_nothing() -> None:
    both = Viewer("a", frozenset({"investigator", "custody_officer", "no such role"}))

    assert both.known_roles == (ROLE["custody_officer"], ROLE["investigator"])
    assert both.acts == ROLE["investigator"].acts | ROLE["custody_officer"].acts
    assert both.reach == {Reach.NAMED, Reach.TEAM, Reach.CUSTODY_NOW}
    nobody = Viewer("a", frozenset({"no such role"}))
    assert (nobody.known_roles, nobody.acts, nobody.reach) == ((), frozenset(), frozenset())


@pytest.mark.parametrize(
    ("roles", "side"),
    [
        ({"auditor"}, "force"),
        ({"inspector"}, "inspectorate"),
        ({"auditor", "audit_lead"}, "force"),
        ({"auditor", "inspector"}, ""),
        ({"investigator"}, ""),
        ({"auditor", "investigator"}, "force"),
        (set(), ""),
    ],
)
def test_a_viewer_grades_for_one_side_or_for_none(roles: set[str], side: str) -> None:
    assert Viewer("a", frozenset(roles)).side == side


def test_numbers_teams_and_areas_are_compared_without_case_and_space_and_empty_ones_match_nothing() -> None:
    assert plain("  Team 3 ") == "team 3"
    assert plain_set(frozenset({" A", "a ", "", "  "})) == {"a"}


def test_roles_have_names_of_their_own_and_say_what_they_are_for() -> None:
    assert list(ROLE) == [role.name for role in ROLES]
    assert len({role.display for role in ROLES}) == len(ROLES)
    assert all(role.description.endswith(".") for role in ROLES)
    assert {role.side for role in ROLES} == {"", "force", "inspectorate"}
