"""The published totals: what they support, on what basis, and what is refused."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from duecare import audit
from duecare.audit.published.total_row import COLUMNS, percent_of
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown


def row(**given):
    return {"set_id": "A-1", "force": "Northmoor", "round": "2026", "grader": "inspectorate", "n": "10", **given}


def one(**given):
    return audit.read_totals([row(**given)])


def by_id(read):
    return {(total.set_id, total.measure): total for total in read.accepted}


OWN = audit.read_totals(audit.own_rows())


# --- the project's own record -------------------------------------------------------------------------------


def test_every_row_of_our_own_record_stands_and_names_its_source():
    assert OWN.set_aside == ()
    assert len(OWN.accepted) == len(audit.own_rows())
    assert [total.set_id for total in OWN.accepted if not total.source_urls] == []


def test_of_374_files_278_fell_below_and_38_were_referred_back():
    found = by_id(OWN)["MET-2016-ALL", ""]

    assert (found.n, found.below, found.below_percent, found.below_basis) == (374, 278, 74.3, "stated")
    assert (found.meets, found.meets_basis) == (96, "derived")
    assert (found.referred_back, found.referred_back_percent) == (38, 10.2)


def test_39_of_40_children_in_custody_were_kept_in_cells():
    found = by_id(OWN)["MET-2016-CUSTODY", "kept_in_cells"]

    assert (found.count, found.n, found.count_percent) == (39, 40, 97.5)


@pytest.mark.parametrize(
    ("set_id", "n", "below", "share"),
    [
        ("MET-2016-INSPECTOR-ONLY", 242, 178, 73.6),
        ("MET-2017-Q3", 135, 125, 92.6),
        ("MET-2017-Q4", 214, 191, 89.3),
        ("MET-2018-PIR", 303, 210, 69.3),
        ("MET-2018-ONLINE", 34, 29, 85.3),
    ],
)
def test_the_other_rounds_give_the_shares_that_were_published(set_id, n, below, share):
    found = by_id(OWN)[set_id, ""]

    assert (found.n, found.below, found.below_percent) == (n, below, share)


def test_at_least_73_files_or_74_were_passed_by_the_force_and_not_by_the_inspectors():
    (pair,) = audit.total_pairs(OWN.accepted).pairs

    assert (pair.n, pair.met_by_inspectorate, pair.inspectorate.below) == (132, 32, 100)
    assert (pair.met_by_force, pair.by_force.below) == (105, 27)
    assert pair.by_reading == ((105, 73, 100), (106, 74, 100))
    assert pair.in_words == (
        "at least 73 (or 74, if 106) of 132 files were passed by the force and not by the inspectors"
    )
    assert (pair.inspectorate.meets_basis, pair.by_force.meets_basis) == ("derived", 'a reading of "around 80 %"')


def test_kappa_is_refused_because_totals_alone_cannot_give_it():
    told = audit.total_pairs(OWN.accepted).as_json()

    for part in (told, told["paired"][0]):
        assert [part[name] for name in ("agreement", "kappa", "kappa_interval", "crosstab")] == [None] * 4
        assert "kappa" in part["refused"]
        assert "totals alone cannot give it" in part["refused"]
        assert part["optimism_gap"] == 0.553
    assert told["basis"] == {"inspectorate": "derived", "force": 'a reading of "around 80 %"'}
    assert told["paired"][0]["agreement_between"] == [0.0379, 0.447]


def test_the_gap_of_132_files_has_the_widest_interval_that_its_totals_allow():
    told = audit.total_pairs(OWN.accepted).as_json()
    shown = told["optimism_gap_interval"]

    assert shown == told["paired"][0]["optimism_gap_interval"]
    assert (round(shown["low"], 3), round(shown["high"], 3)) == (0.401, 0.681)
    assert "widest over every cross-table" in shown["method"]
    assert "how they were drawn was not published" in told["intervals"]


def test_the_share_below_has_an_interval_where_grades_are_known():
    told = {shown["set_id"]: shown for shown in audit.total_pairs(OWN.accepted).as_json()["sets"]}

    assert {name: round(told["MET-2016-ALL"]["below_standard_interval"][name], 3) for name in ("low", "high")} == {
        "low": 0.697,
        "high": 0.785,
    }
    assert told["MET-2016-CUSTODY"]["count_interval"]["method"] == "Wilson score"
    assert told["MET-2017-Q2"]["below_standard_interval"] is None


def test_rounds_of_two_eras_are_compared_only_on_the_cut():
    (note,) = audit.total_pairs(OWN.accepted).comparison

    assert note.startswith("Case files, 2014 to 2016 and Case files, 2017 to 2023 are compared only on whether")
    assert "'adequate'" in note
    assert audit.total_pairs([one for one in OWN.accepted if one.round == "2016"]).comparison == ()
    assert audit.total_pairs(one(round="the last one").accepted).comparison == ()
    assert audit.total_pairs(one(round="1999").accepted).comparison == ()


def test_a_set_whose_grades_were_not_found_is_shown_as_not_known_and_never_as_zero():
    told = {shown["set_id"]: shown for shown in audit.total_pairs(OWN.accepted).as_json()["sets"]}["MET-2017-Q2"]

    assert told["n"] == 170
    assert told["are_grades_known"] is False
    assert [told[name] for name in ("good", "meets_standard", "below_standard", "below_percent")] == [None] * 4
    assert told["basis"]["meets_standard"] == "not known"


# --- what follows from totals, proved over every cross-table ----------------------------------------------------


def test_the_bounds_are_those_of_every_cross_table_there_is():
    for n in range(9):
        reached = {}
        for both in range(n + 1):
            for only_force in range(n + 1 - both):
                for only_other in range(n + 1 - both - only_force):
                    force, other = both + only_force, both + only_other
                    reached.setdefault((force, other), set()).add(only_force)
        for (force, other), apart in reached.items():
            assert audit.overlap_bounds(n, force, other) == (min(apart), max(apart))


def paired(n, inspectorate, force, **more):
    return audit.total_pairs(
        audit.read_totals(
            [
                row(
                    set_id="X-PAIRED-I",
                    n=str(n),
                    meets_standard=str(inspectorate),
                    below_standard=str(n - inspectorate),
                ),
                row(
                    set_id="X-PAIRED-F",
                    grader="force",
                    n=str(n),
                    meets_standard=str(force),
                    below_standard=str(n - force),
                    **more,
                ),
            ]
        ).accepted
    )


def test_the_agreement_lies_between_the_ends_of_every_cross_table_there_is():
    for n in range(1, 8):
        for force in range(n + 1):
            for other in range(n + 1):
                agreed = {
                    round((both + n - force - other + both) / n, 4)
                    for both in range(max(0, force + other - n), min(force, other) + 1)
                }

                assert paired(n, other, force).pairs[0].agreement_between == (min(agreed), max(agreed))


@given(st.integers(1, 400), st.data())
def test_a_reading_around_a_share_gives_every_number_that_rounds_to_it_and_no_other(n, data):
    share = data.draw(st.integers(0, 100))
    fits = [met for met in range(n + 1) if share - 0.5 <= 100 * met / n < share + 0.5]
    assume(fits)
    met = data.draw(st.sampled_from(fits))

    (pair,) = paired(n, 0, met, status=f"around {share}%").pairs

    assert sorted(pair.by_force.readings) == fits
    assert pair.by_force.readings[0] == met


def test_a_reading_without_a_share_is_its_own_number_only():
    (pair,) = paired(10, 2, 8, status="around most").pairs

    assert pair.by_force.readings == (8,)
    assert pair.by_force.meets_basis == "a reading"
    assert pair.in_words == "at least 6 of 10 files were passed by the force and not by the inspectors"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"n": "11", "below_standard": "3"}, "the two sides do not give the same n"),
        ({"meets_standard": "", "below_standard": ""}, "the grades of one side are not known"),
        ({"grader": "inspectorate"}, "it takes one row of the inspectorate and one of the force to be a pair"),
        ({"grader": "unclear"}, "it takes one row of the inspectorate and one of the force to be a pair"),
    ],
)
def test_what_is_named_a_pair_and_is_none_is_said(changed, why):
    inspectorate = row(set_id="X-PAIRED-I", meets_standard="2", below_standard="8")
    force = row(set_id="X-PAIRED-F", grader="force", meets_standard="8", below_standard="2") | changed

    found = audit.total_pairs(audit.read_totals([inspectorate, force]).accepted)

    assert (found.pairs, found.notes) == ((), (f"X-PAIRED: {why}",))
    assert found.as_json()["optimism_gap"] is None
    assert found.as_json()["kappa"] is None


# --- reading: taken, or set aside with the reason ---------------------------------------------------------------


def test_a_row_without_grades_is_taken_with_its_grades_not_known():
    (total,) = one().accepted

    assert isinstance(total.meets, Unknown)
    assert total.readings == ()
    assert not total.are_grades_known


def test_a_scheme_without_a_word_leaves_it_unknown_and_still_adds_up():
    (total,) = one(good="1", requires_improvement="4", inadequate="5").accepted

    assert (total.meets, total.below, total.below_basis) == (1, 9, "derived")
    assert isinstance(total.grades["adequate"], Unknown)


grades = st.lists(st.none() | st.integers(0, 60), min_size=4, max_size=4)


@given(st.integers(0, 120), grades)
def test_a_row_is_set_aside_exactly_where_its_given_grades_contradict_n(n, numbers):
    given_ = dict(zip(("good", "adequate", "requires_improvement", "inadequate"), numbers, strict=True))
    known = [number for number in numbers if number is not None]

    read = one(n=str(n), **{name: str(number) for name, number in given_.items() if number is not None})

    assert bool(read.set_aside) is (sum(known) > n or (len(known) == 4 and sum(known) != n))
    assert len(read.accepted) + len(read.set_aside) == 1


def test_a_row_with_some_of_its_grades_is_taken_and_the_others_are_not_known():
    (total,) = one(inadequate="3").accepted

    assert total.grades["inadequate"] == 3
    assert (isinstance(total.meets, Unknown), isinstance(total.below, Unknown)) == (True, True)
    assert (total.meets_basis, total.below_basis) == ("not known", "not known")
    assert (total.are_grades_known, total.are_grades_partly_known) == (False, True)
    assert total.known_grades == (("inadequate", 3),)
    (shown,) = audit.total_pairs([total]).as_json()["sets"]
    assert (shown["inadequate"], shown["good"], shown["meets_standard"], shown["below_percent"]) == (
        3,
        None,
        None,
        None,
    )


def test_the_side_of_which_both_grades_are_given_is_known_and_the_other_is_not():
    (total,) = one(good="1", adequate="2").accepted

    assert (total.meets, total.meets_percent, total.meets_basis) == (3, 30.0, "derived")
    assert (isinstance(total.below, Unknown), total.below_basis) == (True, "not known")
    assert (total.are_grades_known, total.are_grades_partly_known) == (False, True)


def test_one_side_of_the_standard_alone_is_taken():
    (total,) = one(below_standard="8", status="stated").accepted

    assert (total.below, total.below_basis) == (8, "stated")
    assert isinstance(total.meets, Unknown)


def test_grades_that_are_more_than_the_side_they_are_of_are_noted():
    (total,) = one(good="5", meets_standard="3", below_standard="7").accepted

    assert total.notes == ("the grades say that at least 5 met the standard, the row says 3",)


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"good": "11"}, "good", "the given grades add up to 11, and n is 10"),
        ({"meets_standard": "3", "below_standard": "6"}, "meets_standard", "the given grades add up to 9, and n is 10"),
        ({"n": "", "good": "3"}, "good", "the given grades add up to 3, and n is not given"),
        ({"n": "ten"}, "n", "not a whole number"),
        ({"n": "-10"}, "n", "not a whole number"),
        ({"n": "1e1"}, "n", "not a whole number"),
        ({"good": "٣"}, "good", "not a whole number"),
        ({"referred_back": "11"}, "referred_back", "11 is more than n, which is 10"),
        ({"measure": "kept_in_cells", "count": "11"}, "count", "11 is more than n, which is 10"),
        ({"set_id": " "}, "set_id", "it is empty"),
    ],
)
def test_a_row_that_cannot_stand_is_set_aside_with_its_column_and_reason(changed, column, reason):
    (aside,) = one(**changed).set_aside

    assert (aside.row, aside.column, aside.reason) == (2, column, reason)
    assert one(**changed).as_json() == {
        "accepted": 0,
        "set_aside": 1,
        "repeated": 0,
        "reasons": [f"row 2, {column}: {reason}. {aside.remedy}"],
    }


def test_grades_and_cut_that_both_add_up_but_differ_are_taken_with_a_note():
    (total,) = one(good="3", inadequate="7", meets_standard="4", below_standard="6").accepted

    assert total.meets == 4
    assert total.notes == ("the grades say that 3 met the standard, the row says 4",)


def test_a_set_given_twice_stands_once_and_one_that_differs_is_set_aside():
    read = audit.read_totals([row(), row(), row(n="11"), row(measure="kept_in_cells", count="9")])

    assert [(total.set_id, total.measure) for total in read.accepted] == [("A-1", ""), ("A-1", "kept_in_cells")]
    assert [(aside.row, aside.column) for aside in read.set_aside] == [(4, "set_id")]
    assert read.repeated == 1


def test_only_addresses_of_the_web_are_led_to():
    (total,) = one(source_url="javascript:alert(1) https://example.org/a").accepted

    assert total.source_urls == ("https://example.org/a",)


@pytest.mark.parametrize(
    ("status", "meets", "below"),
    [("stated", "stated", "stated"), ("meets derived; x", "derived", "stated"), ("who knows", *["not stated"] * 2)],
)
def test_the_basis_is_read_from_the_status(status, meets, below):
    (total,) = one(meets_standard="4", below_standard="6", status=status).accepted

    assert (total.meets_basis, total.below_basis) == (meets, below)


@given(st.integers(0, 500), st.integers(1, 500))
def test_per_cents_are_right_to_one_decimal(part, whole):
    assert percent_of(part, whole) == pytest.approx(100 * part / whole, abs=0.05 + 1e-9)


def test_there_are_no_per_cents_of_nothing():
    assert isinstance(percent_of(0, 0), Unknown)
    assert isinstance(percent_of(Unknown("x"), 2), Unknown)


# --- files ------------------------------------------------------------------------------------------------------

HEADER = ",".join(COLUMNS)
LINE = "A-1,Northmoor,2026,inspectorate,10,,,,,4,6,,stated,https://example.org/a"


def test_a_file_is_read_with_its_mark_in_any_order_of_columns_and_keeps_its_row_numbers():
    turned = "\ufeff" + ",".join(reversed(COLUMNS)) + "\r\n\r\n" + ",".join(reversed(LINE.split(","))) + "\r\nx\r\n"

    read = audit.read_totals(audit.rows_of(turned.encode()))

    assert [total.meets for total in read.accepted] == [4]
    assert [(aside.row, aside.column) for aside in read.set_aside] == [(4, "row")]
    assert read.set_aside[0].original == (("source_url", "x"),)


@pytest.mark.parametrize(
    "held",
    [
        b"",
        b"\xff\xfe",
        HEADER.replace("n,", "m,", 1).encode(),
        f"{HEADER},score".encode(),
        f"{HEADER},n".encode(),
        f'{HEADER}\n"A-1'.encode(),
        b"round,case_ref,set,grader_side,grade\n",
        b"x" * 5_000_001,
    ],
    ids=["empty", "not utf-8", "missing", "unknown", "twice", "torn quote", "grades by case", "too large"],
)
def test_a_file_that_is_no_such_file_is_refused_whole(held):
    with pytest.raises(Refusal) as refused:
        audit.rows_of(held)

    assert refused.value.code == "AUD-001"


@given(st.binary(max_size=200))
def test_whatever_the_bytes_reading_ends_in_rows_or_in_a_refusal(junk):
    for held in (junk, HEADER.encode() + b"\n" + junk):
        try:
            rows = audit.rows_of(held)
        except Refusal:
            continue
        else:
            read = audit.read_totals(rows)
            kept = len(read.accepted) + len(read.set_aside) + read.repeated
            assert kept == sum(1 for one_row in rows if one_row)
            audit.total_pairs(read.accepted).as_json()


def test_published_totals_are_known_by_their_columns():
    assert audit.is_published_totals(COLUMNS)
    assert not audit.is_published_totals(["round", "case_ref", "set", "grader_side", "grade"])
