"""Every figure counts what it says, from lines that are its list."""

from datetime import timedelta
from math import inf

import pytest
from tests.made.figures import QUARTER, START, a_round, finding, held, stay, stays

from duecare.figure import Dimension, Unit, figure_values, value_at
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.figure_definition import FAIRNESS
from duecare.record.pole import CaseKey, EventRecord, InvolvementRow, RecordKey
from duecare.vocabulary.moments import When
from duecare.vocabulary.partial_date import read_partial_date
from duecare.vocabulary.unknown import Unknown

ASKED, REFUSED, PROVIDED = "accommodation_requested", "bail_refused", "accommodation_provided"


def the(figure, what, cut=()):
    found = figure_catalogue()[figure]
    return value_at(found.definition, QUARTER.name, cut, found.of(what))


def the_list(figure, what, counts):
    return [one for one in figure_catalogue()[figure].of(what) if one.counts is counts]


@pytest.fixture(scope="module")
def funnel():
    """North London custody, the year to 31 May 2017: 449 refused bail, 310 asked for, 3 moved."""
    stays = [stay(n, REFUSED, ASKED, *([PROVIDED] if n < 3 else [])) for n in range(310)]
    stays += [stay(n, REFUSED) for n in range(310, 449)]
    return held(stays=[*stays, *(stay(n) for n in range(449, 500))])


def test_the_custody_funnel_of_2017_is_reproduced_and_each_step_opens_its_list(funnel):
    refused, asked = the("custody-bail-refused", funnel), the("custody-accommodation-asked-for", funnel)
    never, moved = the("custody-accommodation-never-asked-for", funnel), the("custody-moved", funnel)

    assert (refused.part, refused.whole) == (449, None)
    assert (asked.part, asked.whole) == (310, 449)
    assert (never.part, never.whole, round(never.value * 100, 1)) == (139, 449, 31.0)
    assert (moved.part, moved.whole, round(moved.value * 100, 1)) == (3, 310, 1.0)
    assert len(the_list("custody-bail-refused", funnel, counts=True)) == 449
    assert len(the_list("custody-accommodation-never-asked-for", funnel, counts=True)) == 139
    assert len(the_list("custody-moved", funnel, counts=True)) == 3


def test_why_never_asked_is_a_cut_of_the_same_lines(funnel):
    cut = ((Dimension.REASON, "accommodation never asked for"),)

    assert the("custody-bail-refused", funnel, cut).part == 139


def test_39_of_40_children_were_in_cells():
    stays = [stay(n, ("detainee_placed", "cell" if n < 39 else "detention_room", 1.0)) for n in range(40)]

    found = the("custody-in-a-cell", held(stays=[*stays, stay(40)]))

    assert (found.part, found.whole, found.unknown, found.value) == (39, 40, 1, 0.975)


def test_overnight_is_by_the_forces_own_definition_and_says_why():
    """Arrived 21:00 in London; four hours after midnight make a night."""
    what = held(stays=[stay(0, hours=7.5), stay(1, hours=6.5), stay(2, "charged", REFUSED, hours=9)])

    found = the("custody-held-overnight", what)

    assert (found.part, found.whole) == (2, 3)
    assert [one.by(Dimension.REASON) for one in the_list("custody-held-overnight", what, counts=True)] == [
        "not charged",
        "accommodation never asked for",
    ]
    assert [one.why for one in figure_catalogue()["custody-held-overnight"].of(what)] == [
        "kept overnight, which is 4 hours or more between 00:00 and 08:00",
        "not kept overnight, which is 4 hours or more between 00:00 and 08:00",
        "kept overnight, which is 4 hours or more between 00:00 and 08:00",
    ]


def test_a_stay_that_nobody_ended_is_not_taken_for_a_night():
    what = held(stays=[stay(0, hours=None)])

    assert (the("custody-held-overnight", what).whole, the("custody-held-overnight", what).unknown) == (0, 1)


def test_someone_of_unknown_age_counts_as_a_child_and_one_over_18_does_not():
    assert len(stays(0, born=None)) == 1
    assert stays(0, born=read_partial_date("2000-01-01")) == ()


def test_the_middle_wait_for_an_adult_counts_who_never_came_as_the_longest():
    stays = [stay(n, ("appropriate_adult_arrived", "", 0.5 + n)) for n in range(1, 4)]

    assert the("custody-adult-arrived-after", held(stays=[*stays, stay(8)])).value == 2.5
    assert isinstance(the("custody-adult-arrived-after", held(stays=[stays[0], stay(8), stay(9)])).value, Unknown)


def test_the_share_late_leaves_out_what_was_excused_and_keeps_beside_what_is_not_known():
    states = ["met"] * 6 + ["met_late", "overdue", "cannot_tell", "excused", "not_applicable", "open"]
    what = held(findings=[finding(n, state) for n, state in enumerate(states)])

    found = the("late-local-see-the-child", what)

    assert (found.part, found.whole, found.unknown, found.value) == (2, 8, 1, 0.25)
    assert found.interval.low < 0.25 < found.interval.high


def test_what_fell_due_in_another_period_or_is_only_suggested_is_not_counted():
    late = [
        finding(1, "overdue", due=QUARTER.ends),
        finding(2, "overdue", due=QUARTER.starts - timedelta(seconds=1)),
        finding(3, "overdue", adopted=False),
        finding(4, "overdue", due=QUARTER.starts),
    ]

    found = the("late-local-see-the-child", held(findings=late))

    assert (found.part, found.whole) == (1, 1)


def test_the_time_to_be_seen_counts_who_was_not_seen_as_the_longest():
    seen = [finding(n, "met", met=START - timedelta(hours=24 - n)) for n in (1, 2, 3)]

    found = the("seen-after", held(findings=[*seen, finding(8, "overdue"), finding(9, "cannot_tell")]))

    assert (found.part, found.whole, found.unknown, found.value) == (3, 4, 1, 2.5)


def test_an_area_lies_in_its_command_however_it_is_written():
    what = held(findings=[finding(1, "met", area=" EASTMOOR "), finding(2, "overdue", area="Nowhere")])
    of_it = figure_values(
        figure_catalogue()["late-local-see-the-child"].definition,
        "",
        figure_catalogue()["late-local-see-the-child"].of(what),
    )

    assert {dict(one.cut)[Dimension.BCU] for one in of_it if set(dict(one.cut)) == {Dimension.BCU}} == {
        "Marsh Command",
        "not known",
    }
    assert {dict(one.cut)[Dimension.AREA] for one in of_it if set(dict(one.cut)) == {Dimension.AREA}} == {
        "Eastmoor",
        "Nowhere",
    }


def test_grades_are_counted_on_the_shared_cut_with_the_interval_of_their_draw():
    pairs = [("good", "good")] * 4 + [("good", "inadequate")] * 5 + [(None, "good"), ("inadequate", "good")]
    drawn, elsewhere = held(rounds=[a_round(*pairs, frame=40)]), held(rounds=[a_round(*pairs)])

    inspectors, force = the("grades-met-by-inspectorate", drawn), the("grades-met-by-force", drawn)
    gap = the("grades-gap", drawn)

    assert (inspectors.part, inspectors.whole, inspectors.unknown) == (6, 11, 0)
    assert (force.part, force.whole, force.unknown) == (9, 10, 1)
    assert (gap.part, gap.whole, gap.unknown, gap.value) == (5, 10, 1, pytest.approx(0.4))
    assert inspectors.interval.method == "stratified score, finite population" == gap.interval.method
    assert the("grades-met-by-inspectorate", elsewhere).interval.method == "Wilson score"


def test_a_round_that_ended_in_another_period_is_not_counted():
    assert the("grades-gap", held(rounds=[a_round(("good", "good"), at=QUARTER.ends)])).whole == 0


def event(number, kind, at=START, case=None, **detail):
    named = CaseKey("merlin", case or f"S{number}")
    tie = InvolvementRow(RecordKey("merlin", f"child-{number}"), "child")
    return EventRecord("merlin", f"{kind}-{number}-{at:%d%H}", kind, When.at(at), at, named, "Eastmoor", detail=detail,
                       outcome=str(detail.get("outcome", "")), ties=(tie,))  # fmt: skip


def test_of_374_revisits_one_later_charge_leaves_373_still_clear():
    revisits = [event(n, "case_revisited", further_harm=False) for n in range(374)]
    later = event(7, "charged", START + timedelta(days=9))
    harmed, silent = event(400, "case_revisited", further_harm=True), event(401, "case_revisited")

    found = the("revisits-still-clear", held(around=[*revisits, harmed, silent, later]))

    assert (found.part, found.whole, found.unknown) == (373, 374, 1)
    assert the("revisits-still-clear", held(around=revisits)).part == 374


def test_cases_sent_back_count_as_acted_upon_only_by_what_was_recorded_after():
    sent = [event(n, "case_referred_back") for n in range(3)]
    acted = [
        event(0, "referral_actioned", START + timedelta(hours=2)),
        event(1, "referral_actioned", START - timedelta(1)),
    ]

    found = the("sent-back-acted-upon", held(events=[acted[1], *sent, acted[0]]))

    assert (found.part, found.whole) == (1, 3)


def test_what_victims_said_is_counted_by_closed_words_alone():
    said = ["satisfied", " Satisfied ", "dissatisfied", "they were kind", ""]

    found = the(
        "victims-satisfied", held(events=[event(n, "victim_feedback", outcome=one) for n, one in enumerate(said)])
    )

    assert (found.part, found.whole, found.unknown) == (2, 3, 2)


def test_a_case_with_a_child_is_counted_once_by_its_last_decision():
    events = [
        event(1, "no_further_action"),
        event(1, "charged", START + timedelta(days=1)),
        event(2, "no_further_action"),
        event(3, "charged"),
        event(4, "no_further_action"),
    ]
    children = {CaseKey("merlin", f"S{n}"): "" for n in (1, 2, 3)}

    found = the("outcome-no-further-action", held(events=events, children=children))

    assert (found.part, found.whole) == (1, 3)


@pytest.fixture(scope="module")
def some_of_everything(funnel):
    states = ["met", "met_late", "overdue", "cannot_tell", "excused", "open"]
    areas = ["Eastmoor", "Ashmere", ""]
    findings = [
        finding(n, states[n % 6], duty=duty, area=areas[n % 3], met=START if n % 6 < 2 else None)
        for duty in ("LOCAL-see-the-child", "DFE2014-return-interview", "WT-icpc-15-working-days")
        for n in range(40)
    ]
    pairs = [("good", "inadequate"), ("good", "good"), (None, "good")] * 5
    return held(stays=funnel.stays[:30] + funnel.stays[300:330], findings=findings, rounds=[a_round(*pairs)])


@pytest.mark.parametrize("figure", list(figure_catalogue()))
def test_every_value_is_the_count_of_the_list_it_opens(figure, some_of_everything):
    definition, members = figure_catalogue()[figure].definition, figure_catalogue()[figure].of(some_of_everything)

    for value in figure_values(definition, QUARTER.name, members):
        opened = [one for one in members if one.within(value.cut)]
        assert value.part == sum(one.counts is True for one in opened)
        assert value.unknown == sum(one.counts is None for one in opened)
        assert (value.whole is None) is (definition.unit is Unit.COUNT)
        assert value.whole in {None, sum(one.counts is not None for one in opened)}


@pytest.mark.parametrize("figure", list(figure_catalogue()))
def test_the_parts_of_a_cut_add_up_to_the_whole(figure, some_of_everything):
    definition, members = figure_catalogue()[figure].definition, figure_catalogue()[figure].of(some_of_everything)
    found = figure_values(definition, QUARTER.name, members)

    for dimension in definition.by:
        parts = [one for one in found if [each for each, _ in one.cut] == [dimension]]
        assert sum(one.part for one in parts) == found[0].part
        assert sum(one.unknown for one in parts) == found[0].unknown


def test_every_figure_says_everything_about_itself():
    for figure, one in figure_catalogue().items():
        said = one.definition
        assert figure == said.id
        assert all((said.title, said.question, said.numerator, said.unknown, said.counts_as, said.source, said.owner))
        assert bool(said.denominator) is (said.unit is not Unit.COUNT), figure
        assert said.theme, figure


def test_no_figure_about_duties_owed_in_a_case_is_cut_by_who_someone_is():
    assert not figure_catalogue()["late-local-allocate-investigator"].definition.by & FAIRNESS


def test_nothing_counted_is_not_zero():
    assert isinstance(the("late-wt-core-group", held()).value, Unknown)
    assert isinstance(the("seen-after", held()).value, Unknown)


def test_lines_that_have_not_happened_are_infinite():
    assert the_list("custody-adult-arrived-after", held(stays=[stay(0)]), counts=False)[0].amount == inf
