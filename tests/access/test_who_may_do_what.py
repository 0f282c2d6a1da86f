"""The truth table: every role against every act, and against every way a case or a person can stand to them."""

import subprocess
import sys
from pathlib import Path

import pytest

from duecare.access import ROLES, Act, CaseThing, FileThing, No, PersonThing, Plain, Viewer, Yes, may
from duecare.vocabulary.refusals import refusal_kinds

# y: yes, by any channel.  c: by command line only.  -: no.  Whether one case or person opens is the next table's.
ACTS = """
                        inv omg sup cof cin mas din bcu chf pol aud ald ins lin may exp hom sta pub dat
READ_FRONT              y   y   y   y   y   y   y   y   y   y   y   y   y   y   y   y   y   y   y   y
READ_TOTALS             y   y   y   y   y   y   y   y   y   y   y   y   y   y   y   y   y   y   y   y
READ_LATE_NOW           y   y   y   y   y   y   y   y   y   -   -   -   -   -   -   -   -   -   -   c
READ_WORKLIST           y   y   y   y   y   y   y   y   y   -   -   -   -   -   -   -   -   -   -   c
READ_FINDINGS           y   y   y   y   y   y   y   y   y   -   -   -   -   -   -   -   -   -   -   c
TRY_STANDARD            -   -   -   -   -   -   -   -   y   y   -   -   -   -   -   -   -   -   -   c
OPEN_CASE               y   y   y   y   y   y   y   y   y   -   -   -   -   -   -   -   -   -   -   c
OPEN_PERSON             y   y   y   y   y   y   y   y   y   -   -   -   -   -   -   -   -   -   -   c
SEARCH                  y   y   y   y   y   y   y   y   y   -   -   -   -   -   -   -   -   -   -   c
SEARCH_GUARDED          -   y   y   -   -   y   y   -   y   -   -   -   -   -   -   -   -   -   -   c
READ_VISITS             -   y   y   -   -   y   y   y   y   -   -   -   -   -   -   -   -   -   -   c
READ_CUSTODY            -   -   y   y   y   y   y   y   y   -   -   -   -   -   -   -   -   -   -   c
READ_DELIVERIES         -   -   -   -   -   -   -   -   y   -   -   -   -   -   -   -   -   -   -   y
RECEIVE                 -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   y
EXPORT_SET_ASIDE        -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   y
LINK                    -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   y
JUDGE_LINK              -   -   y   -   -   y   y   -   -   -   -   -   -   -   -   -   -   -   -   c
NOTE_PERSON             -   -   y   -   -   y   y   -   -   -   -   -   -   -   -   -   -   -   -   c
READ_JUDGEMENTS         -   -   y   -   -   y   y   -   -   -   -   -   -   -   -   -   -   -   -   c
READ_PAIRS              -   -   y   -   -   y   y   -   -   -   -   -   -   -   -   -   -   -   -   c
SAMPLE_LINKS            -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   y
ANSWER_PAIR             -   -   y   -   -   y   y   -   -   -   -   -   -   -   -   -   -   -   -   c
READ_DISCLOSED          -   -   y   -   -   y   y   -   -   -   -   -   -   -   -   -   -   -   -   c
EXPORT_PEOPLE           -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   y
ASSESS                  -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   y
IMPORT_TOTALS           -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   y
READ_ROUNDS             -   -   -   -   -   -   -   -   y   -   -   y   -   y   -   -   -   -   -   -
LEAD_ROUND              -   -   -   -   -   -   -   -   -   -   -   y   -   y   -   -   -   -   -   -
READ_SAMPLE             -   -   -   -   -   -   -   -   -   -   y   -   y   -   -   -   -   -   -   -
GRADE_FILE              -   -   -   -   -   -   -   -   -   -   y   -   y   -   -   -   -   -   -   -
OPEN_GRADES             -   -   -   -   -   -   -   -   -   -   -   y   -   y   -   -   -   -   -   -
COMPARE                 -   -   -   -   -   -   -   -   y   -   -   y   -   y   -   -   -   -   -   c
RECONCILE               -   -   -   -   -   -   -   -   -   -   -   y   -   y   -   -   -   -   -   -
IMPORT_GRADES           -   -   -   -   -   -   -   -   -   -   -   y   -   -   -   -   -   -   -   c
EXPORT_GRADES           -   -   -   -   -   -   -   -   -   -   -   y   -   y   -   -   -   -   -   c
REFER_BACK              -   -   -   -   -   -   -   -   -   -   y   -   y   -   -   -   -   -   -   -
READ_REFERRALS          y   -   y   -   -   y   y   y   y   -   -   -   -   y   -   -   -   -   -   c
ANSWER_REFERRAL         y   -   y   -   -   y   y   y   y   -   -   -   -   -   -   -   -   -   -   -
CONFIRM_SEEN            -   -   -   -   -   -   -   -   -   -   -   -   -   y   -   -   -   -   -   -
REVIEW_FILE             -   -   -   -   -   -   -   -   -   -   y   -   y   -   -   -   -   -   -   -
ANSWER_ERROR            y   -   y   -   -   y   y   y   y   -   -   -   -   -   -   -   -   -   -   -
READ_ACCOUNTABLE        -   -   -   -   -   -   -   y   y   -   -   -   -   y   y   y   -   y   -   y
NAME_ACCOUNTABLE        -   -   -   -   -   -   -   -   y   -   -   -   -   -   -   -   -   -   -   c
SIGN_OFF                -   -   -   -   -   -   -   y   y   -   -   -   -   -   -   -   -   -   -   -
READ_RECOMMENDATIONS    -   -   -   -   -   -   -   y   y   -   -   y   -   y   y   y   y   y   -   y
MAKE_RECOMMENDATION     -   -   -   -   -   -   -   -   -   -   -   y   -   y   y   y   -   -   -   -
ANSWER_RECOMMENDATION   -   -   -   -   -   -   -   y   y   -   -   -   -   -   y   -   -   -   -   -
VERIFY_RECOMMENDATION   -   -   -   -   -   -   -   -   -   -   -   -   -   y   y   -   -   -   -   -
IMPORT_RECOMMENDATIONS  -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   y
READ_FIGURES            -   -   -   -   -   -   -   y   y   -   -   -   -   y   y   y   -   y   -   y
OPEN_FIGURE             -   -   -   -   -   -   -   y   y   -   -   -   -   -   -   -   -   -   -   c
TAKE_SNAPSHOT           -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   y   -   y
RECOMPUTE_FIGURE        -   -   -   -   -   -   -   y   y   -   -   -   -   y   y   y   -   y   -   y
EXPLAIN_DIFFERENCE      -   -   -   -   -   -   -   y   y   -   -   -   -   -   -   -   -   -   -   -
READ_OVERSIGHT          -   -   -   -   -   -   -   y   y   -   -   -   -   y   y   y   -   y   -   y
ASK_QUESTION            -   -   -   -   -   -   -   -   -   -   -   -   -   y   y   y   -   -   -   -
ANSWER_QUESTION         -   -   -   -   -   -   -   y   y   -   -   -   -   -   -   -   -   -   -   -
RECORD_MEETING          -   -   -   -   -   -   -   -   -   -   -   -   -   -   y   -   -   -   -   -
READ_RELEASES           y   y   y   y   y   y   y   y   y   y   y   y   y   y   y   y   y   y   y   y
READ_DRAFTS             -   -   -   -   -   -   -   -   y   -   -   -   -   y   y   y   y   y   -   -
DRAFT_RELEASE           -   -   -   -   -   -   -   -   -   -   -   -   -   y   -   -   -   y   -   c
CHECK_RELEASE           -   -   -   -   -   -   -   -   -   -   -   -   -   y   -   -   -   y   -   -
ANSWER_RELEASE          -   -   -   -   -   -   -   -   y   -   -   -   -   -   -   -   -   -   -   -
VERIFY_LEDGER           -   -   -   -   -   -   -   -   y   -   -   -   -   -   y   y   -   -   -   y
READ_LEDGER             -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   c
ANCHOR_LEDGER           -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   y
ENROL                   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   c
READ_DIGEST             -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   -   y
"""

# Which role opens a case (or its person) that stands thus to the viewer: not marked, restricted, sealed.
# c: by command line only. "allocated" is by name; "supervises" is being named as its supervisor.
CASES = """
                        inv omg sup cof cin mas din bcu chf pol aud ald ins lin may exp hom sta pub dat
allocated               yyy yyy yyy --- --- --- --- --- yy- --- --- --- --- --- --- --- --- --- --- cc-
supervises              yyy yyy yyy --- --- --- --- --- yy- --- --- --- --- --- --- --- --- --- --- cc-
of their team           y-- y-- y-- --- --- --- --- --- yy- --- --- --- --- --- --- --- --- --- --- cc-
of their area           --- --- --- --- --- y-- y-- y-- yy- --- --- --- --- --- --- --- --- --- --- cc-
in custody now          --- --- --- y-- y-- --- --- --- yy- --- --- --- --- --- --- --- --- --- --- cc-
another's               --- --- --- --- --- --- --- --- yy- --- --- --- --- --- --- --- --- --- --- cc-
"""

ROLE_OF = {
    "inv": "investigator",
    "omg": "offender_manager",
    "sup": "supervisor",
    "cof": "custody_officer",
    "cin": "custody_inspector",
    "mas": "mash",
    "din": "detective_inspector",
    "bcu": "bcu_lead",
    "chf": "chief_officer",
    "pol": "policy_lead",
    "aud": "auditor",
    "ald": "audit_lead",
    "ins": "inspector",
    "lin": "lead_inspector",
    "may": "mayors_office",
    "exp": "expert",
    "hom": "home_office",
    "sta": "statistician",
    "pub": "public",
    "dat": "data_officer",
}
STANDING = {
    "allocated": {"officers": frozenset({"w1234"})},
    "supervises": {"supervisors": frozenset({" W1234 "})},
    "of their team": {"team": "child abuse team 3"},
    "of their area": {"area": "NORTHMOOR EAST"},
    "in custody now": {"in_custody_now": True},
    "another's": {
        "officers": frozenset({"W9999"}),
        "supervisors": frozenset({"W8888"}),
        "team": "Another team",
        "area": "Another borough",
    },
}
MARKS = ({}, {"restricted": True}, {"sealed": True})
CHANNELS = ("web", "command", "job")


def viewer(role, channel="web"):
    return Viewer(
        account="account-1",
        roles=frozenset({role}),
        officer="W1234",
        teams=frozenset({"Child Abuse Team 3"}),
        areas=frozenset({"Northmoor East"}),
        channel=channel,
    )


def read(table):
    head, *rows = table.strip("\n").splitlines()
    columns = {name: head.index(name) for name in head.split()}
    return {row[:24].strip(): {name: row[at : at + 3].strip() for name, at in columns.items()} for row in rows}


def says(letter, channel):
    return letter == "y" or (letter == "c" and channel == "command")


def thing_of(act):
    if act.is_done_to(FileThing("round", "case")):
        return FileThing("round-1", "case-1", frozenset({"account-1"}))
    if act.is_done_to(CaseThing("case-1")):
        return CaseThing("case-1", team="child abuse team 3", area="Northmoor East", in_custody_now=True)
    if act in (Act.OPEN_PERSON, Act.JUDGE_LINK, Act.ANSWER_PAIR):
        return PersonThing("person-1", (thing_of(Act.OPEN_CASE),))
    return next(thing for thing in Plain if act.is_done_to(thing))


def test_every_act_and_every_role_is_in_the_table():
    assert set(read(ACTS)) == {act.name for act in Act}
    assert set(read(CASES)) == set(STANDING)
    for row in [*read(ACTS).values(), *read(CASES).values()]:
        assert {ROLE_OF[name] for name in row} == {role.name for role in ROLES}


@pytest.mark.guarantee
def test_every_role_may_do_exactly_the_acts_in_the_table(assured):
    wrong, tried = [], 0
    for name, row in read(ACTS).items():
        for short, letter in row.items():
            for channel in CHANNELS:
                tried += 1
                told = may(viewer(ROLE_OF[short], channel), Act[name], thing_of(Act[name]))
                if bool(told) is not says(letter, channel):
                    wrong.append((ROLE_OF[short], name, channel, told))

    assert wrong == []
    assured("G13", method="role x act x channel, the policy alone", n=tried, figure="wrong 0", pass_mark="wrong 0")


@pytest.mark.guarantee
def test_every_role_opens_exactly_the_cases_and_people_in_the_table(assured):
    wrong, tried = [], 0
    for standing, row in read(CASES).items():
        for short, letters in row.items():
            for mark, letter in zip(MARKS, letters, strict=True):
                for channel in CHANNELS:
                    tried += 1
                    looks = viewer(ROLE_OF[short], channel)
                    case = CaseThing("case-1", **STANDING[standing], **mark)
                    person = PersonThing("person-1", (CaseThing("other", area="Elsewhere"), case))
                    marked = PersonThing("person-1", (CaseThing("case-1", **STANDING[standing]),), **mark)
                    told = (
                        bool(may(looks, Act.OPEN_CASE, case)),
                        bool(may(looks, Act.OPEN_PERSON, marked)),
                    )
                    if told != (says(letter, channel),) * 2:
                        wrong.append((ROLE_OF[short], standing, mark, channel, told))
                    # A person of an open case opens, whatever their other cases; those with all do not need one.
                    everything = says(row[short][0], channel) and standing == "another's"
                    opens = bool(may(looks, Act.OPEN_PERSON, person))
                    if opens is not (says(letter, channel) or everything or all_open(short, channel)):
                        wrong.append((ROLE_OF[short], standing, mark, channel, "person of", opens))

    assert wrong == []
    assured("G13", method="role x standing x mark x channel", n=tried, figure="wrong 0", pass_mark="wrong 0")


def all_open(short, channel):
    return short == "chf" or (short == "dat" and channel == "command")


def test_roles_add_up():
    both = Viewer("a", frozenset({"investigator", "custody_officer"}), officer="W1234")

    assert may(both, Act.OPEN_CASE, CaseThing("1", officers=frozenset({"W1234"})))
    assert may(both, Act.OPEN_CASE, CaseThing("2", in_custody_now=True))
    assert not may(both, Act.OPEN_CASE, CaseThing("3"))


def test_a_child_in_custody_whom_no_case_names_opens_for_custody_and_for_nobody_else():
    child = PersonThing("person-1", in_custody_now=True)

    opened = {role.name for role in ROLES if may(viewer(role.name), Act.OPEN_PERSON, child)}

    assert opened == {"custody_officer", "custody_inspector", "chief_officer"}


def test_an_account_without_roles_or_with_unknown_ones_may_do_nothing():
    for roles in (frozenset(), frozenset({"root", ""})):
        looks = Viewer("a", roles, officer="W1234", teams=frozenset({"t"}), areas=frozenset({"a"}))

        assert [act for act in Act if may(looks, act, thing_of(act))] == []


def test_an_empty_team_area_or_number_matches_nothing():
    empty = frozenset({"", " "})
    looks = Viewer("a", frozenset(role.name for role in ROLES) - {"chief_officer"}, " ", empty, empty)

    assert not may(looks, Act.OPEN_CASE, CaseThing("1", area=" ", team="", officers=empty, supervisors=empty))


def test_an_act_is_not_done_to_another_kind_of_thing():
    things = [*Plain, thing_of(Act.OPEN_CASE), thing_of(Act.OPEN_PERSON), thing_of(Act.GRADE_FILE)]
    all_roles = Viewer("account-1", frozenset(role.name for role in ROLES), channel="command")

    for act in Act:
        # Whoever grades has no other role that opens anything.
        who = Viewer("account-1", frozenset({"auditor"})) if act is Act.GRADE_FILE else all_roles
        assert [thing for thing in things if may(who, act, thing)] == [thing_of(act)]


def test_a_file_opens_for_those_to_whom_it_was_allotted_and_for_no_other_grader():
    theirs = FileThing("round-1", "case-1", frozenset({"account-1", "another"}))
    anothers = FileThing("round-1", "case-2", frozenset({"another"}))

    for role in ("auditor", "inspector"):
        assert may(viewer(role), Act.GRADE_FILE, theirs)
        assert not may(viewer(role), Act.GRADE_FILE, anothers)
    assert not may(viewer("chief_officer"), Act.GRADE_FILE, theirs)


def test_who_grades_for_both_sides_has_no_side():
    assert viewer("auditor").side == viewer("audit_lead").side == "force"
    assert viewer("inspector").side == viewer("lead_inspector").side == "inspectorate"
    assert Viewer("a", frozenset({"auditor", "inspector"})).side == viewer("supervisor").side == ""


def test_no_gives_a_code_and_its_refusal_says_nothing_of_the_case():
    looks = viewer("investigator")
    told = {
        may(looks, Act.OPEN_CASE, CaseThing("canary-1", **mark, area="canary-2")).refusal().args for mark in MARKS
    } | {may(looks, Act.OPEN_PERSON, PersonThing("canary-3")).refusal().args}

    assert len(told) == 1
    assert "canary" not in str(told)
    assert may(looks, Act.RECEIVE, Plain.DELIVERIES).code == "ACC-003"
    assert may(viewer("public"), Act.OPEN_CASE, CaseThing("1")).code == "ACC-001"


def test_yes_is_true_and_no_is_false_with_its_reason():
    assert bool(Yes()) is True
    no = may(viewer("investigator"), Act.OPEN_CASE, CaseThing("1", sealed=True))
    assert isinstance(no, No)
    assert (bool(no), no.reason) == (False, "sealed, and the viewer is not named")
    assert no.code in refusal_kinds()


def test_every_role_says_what_it_is_for():
    assert len({role.name for role in ROLES}) == len(ROLES)
    assert [role.name for role in ROLES if not (role.display and role.description.endswith("."))] == []


def test_every_act_says_what_it_is():
    assert len({act.title for act in Act}) == len(Act)
    assert [act for act in Act if not act.words] == []


def test_the_page_of_access_is_fresh():
    root = Path(__file__).parents[2]

    printed = subprocess.run(
        [sys.executable, "tools/print_access.py"], cwd=root, capture_output=True, text=True, check=True
    ).stdout

    assert (root / "docs/reference/access.md").read_text(encoding="utf-8") == printed, "run: make docs"


@pytest.mark.parametrize(
    "other",
    ["supervisor", "chief_officer", "data_officer", "audit_lead", "lead_inspector", "inspector", "custody_officer"],
)
def test_whoever_opens_cases_or_leads_rounds_besides_grades_nothing_and_may_still_send_back(other):
    theirs = FileThing("R1", "cris:1", frozenset({"a"}))
    both = Viewer("a", frozenset({"auditor", other}))

    assert not may(both, Act.GRADE_FILE, theirs)
    assert may(both, Act.REFER_BACK, theirs)
    assert may(Viewer("a", frozenset({"auditor", "public", "mayors_office"})), Act.GRADE_FILE, theirs)
