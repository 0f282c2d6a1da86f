"""Who holds which post, who supervises whom, and who is absent."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.made.timelines import at

from duecare.duty.roster import EARLIEST, Roster
from duecare.duty.roster_changes import roster_changes
from duecare.record.pole import OfficerRecord, PostRecord

GRACE = timedelta(hours=48)
NOON = at("2020-06-15 12:00")


def post(name, kind="detective_inspector", area="E1", holder="H1", **more):
    return PostRecord("people", name, kind, area, holder, **more)


@pytest.mark.parametrize(
    ("posts", "holder"),
    [
        pytest.param([], None, id="no such post"),
        pytest.param([post("P1")], "H1", id="of the area"),
        pytest.param([post("P1", area="e1 ")], "H1", id="areas are compared without case"),
        pytest.param([post("P1", area="E2")], None, id="another area's"),
        pytest.param([post("P1", area="")], "H1", id="else without area"),
        pytest.param([post("P1", holder=""), post("P2", area="", holder="H2")], None, id="vacant is vacant"),
        pytest.param([post("P1", to=NOON)], None, id="held until, not at, its end"),
        pytest.param([post("P1", from_=NOON)], "H1", id="held from its beginning"),
        pytest.param(
            [post("P1", from_=at("2019-01-01"), holder="OLD"), post("P1", from_=at("2020-01-01"), holder="NEW")],
            "NEW",
            id="the later holder of one post",
        ),
        pytest.param([post("P2", holder="H2"), post("P1", holder="")], "H2", id="of two posts the one that is held"),
    ],
)
def test_the_holder_of_a_post(posts, holder):
    assert Roster((), tuple(posts)).holder("detective_inspector", "E1", NOON, GRACE) == holder


def test_an_absent_holder_leaves_a_vacancy_after_48_hours_until_the_return():
    away = OfficerRecord("people", "h1", absent_from=at("2020-06-10 12:00"), absent_to=at("2020-06-20 12:00"))
    roster = Roster((away,), (post("P1"),))

    held = {
        moment: roster.holder("detective_inspector", "E1", at(moment), GRACE)
        for moment in ("2020-06-12 11:59", "2020-06-12 12:00", "2020-06-20 11:59", "2020-06-20 12:00")
    }

    assert list(held.values()) == ["H1", None, None, "H1"]


def test_an_absence_within_48_hours_leaves_no_vacancy():
    away = OfficerRecord("people", "X1", absent_from=at("2020-06-10 12:00"), absent_to=at("2020-06-12 12:00"))

    assert Roster((away,)).vacancies("X1", GRACE) == ()


def test_an_absence_is_named_by_officer_and_its_beginning_as_delivered():
    away = OfficerRecord("hr", "X1", absent_from=at("2020-06-10 12:00"), absent_from_text="2020-06-10T12:00")

    (vacancy,) = Roster((away,)).vacancies("x1", GRACE)

    assert vacancy.event_id == "absence:X1:2020-06-10T12:00"
    assert vacancy.source == "hr"
    assert vacancy.to is None


def test_the_supervisor_is_who_it_was_then():
    rows = (
        OfficerRecord("people", "X1", supervisor="OLD", from_=at("2019-01-01"), to=at("2020-01-01")),
        OfficerRecord("people", "X1", supervisor="NEW", from_=at("2020-01-01")),
    )
    roster = Roster(rows)

    assert roster.supervisor_of("x1", at("2019-06-01")) == "OLD"
    assert roster.supervisor_of("X1", NOON) == "NEW"
    assert roster.supervisor_of("X9", NOON) is None


def officer(number="A", **said):
    return OfficerRecord("people", number, **said)


def moment(hours):
    return NOON + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("rows", "supervisor"),
    [
        ([], None),
        ([officer(supervisor="")], None),
        ([officer("B", supervisor="S1")], None),
        ([officer("a ", supervisor="S1")], "S1"),
        ([officer(supervisor="S1", to=NOON)], None),
        ([officer(supervisor="S1", from_=NOON)], "S1"),
        ([officer(supervisor="S1", from_=moment(1))], None),
        ([officer(supervisor="S1"), officer(supervisor="S2", from_=moment(-5))], "S2"),
        ([officer(supervisor="S2", from_=moment(-5)), officer(supervisor="S1", from_=moment(-9))], "S2"),
        ([officer(supervisor="S1", written_at=moment(-2)), officer(supervisor="S2", written_at=moment(-3))], "S1"),
    ],
)
def test_the_supervisor_is_that_of_the_row_begun_last_and_of_two_alike_written_last(rows, supervisor):
    assert Roster(tuple(rows)).supervisor_of("A", NOON) == supervisor


@pytest.mark.parametrize(
    ("accreditations", "lacks"),
    [((), False), (("abe",), False), ((" ABE ",), False), (("other",), True), (("other", "abe"), False)],
)
def test_what_is_not_among_the_known_accreditations_is_lacking(accreditations, lacks):
    roster = Roster((officer(accreditations=accreditations),))

    assert roster.lacks("a", "abe", NOON) is lacks
    assert roster.lacks("nobody", "abe", NOON) is False


def test_accreditations_of_all_rows_in_force_count_and_of_no_other():
    roster = Roster((officer(accreditations=("one",)), officer(accreditations=("abe",), to=NOON)))

    assert roster.lacks("A", "abe", NOON) is True
    assert roster.lacks("A", "abe", moment(-1)) is False


@pytest.mark.parametrize(
    ("from_", "to", "hour", "is_absent"),
    [
        (0, None, 47.9, False),
        (0, None, 48, True),
        (0, None, 9999, True),
        (0, 48, 48, False),
        (0, 49, 48, True),
        (0, 49, 49, False),
    ],
)
def test_an_officer_is_absent_from_the_grace_on_until_the_return(from_, to, hour, is_absent):
    away = officer(absent_from=moment(from_), absent_to=None if to is None else moment(to))

    assert Roster((away,)).is_absent("a", moment(hour), GRACE) is is_absent


def test_absences_stand_in_order_and_one_that_is_delivered_twice_counts_once():
    later, earlier = officer(absent_from=moment(100)), officer(absent_from=moment(0), absent_to=moment(60))
    roster = Roster((later, earlier, earlier))

    found = roster.vacancies("A", GRACE)

    assert [vacancy.from_ for vacancy in found] == [moment(48), moment(148)]
    assert [vacancy.written_at for vacancy in found] == [moment(0), moment(100)]
    assert Roster((replace(later, written_at=moment(1)),)).vacancies("A", GRACE)[0].written_at == moment(1)
    assert roster.vacancies("a", GRACE) is found
    assert roster.vacancies("A", timedelta(0)) != found


def test_the_posts_of_an_area_stand_in_the_order_of_their_numbers_with_the_holder_begun_last():
    posts = (
        post("P2", holder="H2"),
        post("p1", holder="OLD", from_=moment(-9)),
        post("P1", holder="NEW", from_=moment(-1)),
        post("P3", area=""),
        post("P4", kind="supervisor"),
    )

    found = Roster((), posts).standing_posts("Detective_Inspector ", "e1", NOON)

    assert [record.holder for record in found] == ["NEW", "H2"]
    assert Roster((), posts[::-1]).standing_posts("detective_inspector", "E1", NOON) == found


def test_where_the_first_holder_is_absent_the_next_post_counts_and_not_the_one_without_area():
    posts = (post("P1", holder="A"), post("P3", area="", holder="H3"))
    away = (officer(absent_from=moment(-100)),)

    assert Roster(away, posts).holder("detective_inspector", "E1", NOON, GRACE) is None
    assert Roster(away, (*posts, post("P2", holder="H2"))).holder("detective_inspector", "E1", NOON, GRACE) == "H2"


def changes(old, new):
    found = roster_changes(Roster(*old), Roster(*new), GRACE)
    return found.officers, [(one.kind, one.area, one.from_, one.to) for one in found.posts]


def test_between_two_rosters_alike_nothing_changed():
    rows = ((officer(supervisor="S1"), officer("B")), (post("P1"),))

    assert changes(rows, (rows[0][::-1], rows[1])) == (frozenset(), [])
    assert changes(((), ()), ((), ())) == (frozenset(), [])


@pytest.mark.parametrize(
    "changed",
    [
        {"supervisor": "S2"},
        {"accreditations": ("abe",)},
        {"from_": moment(1)},
        {"to": moment(1)},
        {"absent_from": moment(0)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_an_officer_of_whom_anything_changed_that_duties_go_by_is_named(changed):
    before = (officer("A", supervisor="S1"), officer("B"))
    after = (officer("A", **{"supervisor": "S1", **changed}), officer("B"))

    assert changes((before, ()), (after, ())) == ({"a"}, [])


def test_what_duties_do_not_go_by_changes_nothing():
    after = (officer("A", supervisor="S1", name="Another name", rank="Sergeant", written_at=moment(5)),)

    assert changes(((officer("A", supervisor="S1"),), ()), (after, ())) == (frozenset(), [])


def test_an_officer_who_came_or_went_is_named():
    assert changes(((officer("A"),), ()), ((officer("B"),), ())) == ({"a", "b"}, [])


def test_a_post_that_passed_to_somebody_else_is_named_from_that_moment():
    old = (post("P1", holder="H1"),)
    new = (
        post("P1", holder="H1", to=moment(5)),
        post("P1", holder="H2", from_=moment(5), to=moment(9)),
        post("P1", holder="H1", from_=moment(9)),
    )

    assert changes(((), old), ((), new)) == (frozenset(), [("detective_inspector", "e1", moment(5), moment(9))])


def test_spans_that_follow_one_another_are_one():
    new = (post("P1", holder="H2", from_=moment(1), to=moment(5)), post("P1", holder="H3", from_=moment(5)))
    old = (post("P1", holder="H1", from_=moment(1)),)

    assert changes(((), old), ((), new))[1] == [("detective_inspector", "e1", moment(1), None)]


def test_an_absence_changes_the_post_of_whoever_is_absent_while_it_leaves_a_vacancy():
    posts = (post("P1", holder="A"),)

    found = changes(((), posts), ((officer(absent_from=moment(0), absent_to=moment(60)),), posts))

    assert found == ({"a"}, [("detective_inspector", "e1", moment(48), moment(60))])


def test_a_post_without_area_changes_what_holds_for_areas_that_have_none_of_their_own():
    assert changes(((), (post("P1", area="", holder="H1"),)), ((), (post("P1", area="", holder="H2"),)))[1] == [
        ("detective_inspector", "", EARLIEST, None)
    ]
