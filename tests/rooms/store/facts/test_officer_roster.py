"""Every officer and post as known at a moment, and what is kept of them in the process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.made.landed import NINE, SOURCE, after, arrive, begun, event, gone, officer, person, post
from tests.made.stores import forget_roster

from duecare.record.version import KEY_SEPARATOR
from duecare.store.facts import officer_roster
from duecare.store.facts.delivery_landing import land_delivery
from duecare.store.facts.officer_roster import known_roster, roster_rows

pytestmark = pytest.mark.django_db

MICRO = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def own_roster() -> Iterator[None]:
    """What the process keeps of one store is not that of another."""
    forget_roster()
    yield
    forget_roster()


def names(known_at: datetime | None = None, upto: int | None = None) -> tuple[list[str], list[str]]:
    officers, posts = known_roster(known_at, upto_delivery=upto)
    return [f"{one.source}:{one.officer} {one.team}".strip() for one in officers], [
        f"{one.source}:{one.post} {one.holder}".strip() for one in posts
    ]


def test_an_empty_store_has_no_roster():
    assert known_roster(None) == ((), ())
    assert roster_rows() == ()


def test_officers_and_posts_are_read_back_the_same():
    arrive(
        officer("X1", name="Officer One", team="Team one", supervisor="S1", absent_from="2026-03-01"),
        post("DI", area="Eastmoor", holder="D1", dedicated=True),
    )

    (one,), (held,) = known_roster(None)

    assert (one.source, one.officer, one.name, one.team, one.supervisor) == (
        SOURCE,
        "X1",
        "Officer One",
        "Team one",
        "S1",
    )
    assert (one.from_, one.to, one.absent_to) == (datetime(2015, 1, 1, tzinfo=UTC), None, None)
    assert (one.absent_from, one.written_at) == (datetime(2026, 3, 1, tzinfo=UTC), NINE)
    assert (held.source, held.post, held.kind, held.area, held.holder) == (
        SOURCE, "DI", "detective_inspector", "Eastmoor", "D1",
    )  # fmt: skip
    assert (held.dedicated, held.on_call, held.written_at) == (True, False, NINE)


def test_they_come_by_source_and_key_and_nothing_else_comes_with_them():
    arrive(officer("X2"), officer("X1"), post("B"), post("A"), person("P1"), event("E1"))
    arrive(officer("X9"), post("C"), source="niche")

    assert names() == (["niche:X9", f"{SOURCE}:X1", f"{SOURCE}:X2"], ["niche:C", f"{SOURCE}:A", f"{SOURCE}:B"])


def test_two_times_of_one_officer_are_two_rows():
    arrive(officer("X1", team="old"), officer("X1", start="2020-01-01", team="new"))

    assert names() == ([f"{SOURCE}:X1 old", f"{SOURCE}:X1 new"], [])


@pytest.mark.parametrize(
    ("known_at", "teams"),
    [
        (NINE - MICRO, []),
        (NINE, ["first"]),
        (after(5) - MICRO, ["first"]),
        (after(5), ["second"]),
        (after(9) - MICRO, ["second"]),
        (after(9), []),
        (None, []),
    ],
)
def test_the_roster_of_a_moment_is_what_had_been_written_by_then(known_at: datetime | None, teams: list[str]):
    arrive(officer("X1", team="second", at=after(5)))
    arrive(officer("X1", team="first"), gone("officers", KEY_SEPARATOR.join(("X1", "2015-01-01")), at=after(9)))

    assert [one.team for one in known_roster(known_at)[0]] == teams


@pytest.mark.parametrize("upto", [0, 1, 2, 3])
def test_the_roster_by_the_deliveries_up_to_a_number(upto: int):
    arrive(officer("X1", team="first"), post("DI", holder="D1"))
    arrive(officer("X1", team="second", at=after(5)))
    arrive(post("DI", holder="D2", at=after(5)))

    assert names(None, upto) == (
        [[], [f"{SOURCE}:X1 first"], [f"{SOURCE}:X1 second"], [f"{SOURCE}:X1 second"]][upto],
        [[], [f"{SOURCE}:DI D1"], [f"{SOURCE}:DI D1"], [f"{SOURCE}:DI D2"]][upto],
    )


def test_what_was_not_accepted_is_not_in_it():
    arrive(person("P1"))
    land_delivery(begun(), [officer("X1"), post("DI")])

    assert names() == ([], [])


def test_it_is_read_again_once_a_delivery_says_something_of_officers_or_posts():
    arrive(officer("X1", team="first"))
    assert names() == ([f"{SOURCE}:X1 first"], [])
    arrive(officer("X1", team="second", at=after(1)))
    assert names() == ([f"{SOURCE}:X1 second"], [])
    arrive(post("DI"))
    assert names() == ([f"{SOURCE}:X1 second"], [f"{SOURCE}:DI"])
    arrive(officer("X2"), source="niche")
    assert names() == (["niche:X2", f"{SOURCE}:X1 second"], [f"{SOURCE}:DI"])


def test_a_delivery_of_anything_else_leaves_it_as_it_was(django_assert_num_queries):
    arrive(officer("X1"))
    before, rows = known_roster(None), roster_rows()
    with django_assert_num_queries(1):
        assert known_roster(None) is before
    arrive(person("P1"))

    assert roster_rows() == rows
    with django_assert_num_queries(1):
        assert known_roster(None) is before


def test_roster_rows_say_of_each_source_and_sheet_how_many_there_are_and_which_came_last():
    from duecare.store.models import Fact

    arrive(officer("X1"), officer("X2"), post("DI"))
    arrive(person("P1"), source="niche")
    land_delivery(begun("merlin"), [officer("X9")])
    last = {
        sheet: max(Fact.objects.filter(sheet=sheet, source=SOURCE).values_list("pk", flat=True))
        for sheet in ("officers", "posts")
    }

    assert roster_rows() == (
        ("niche", 0, None),
        ("niche", 0, None),
        (SOURCE, 2, last["officers"]),
        (SOURCE, 1, last["posts"]),
    )


def test_each_moment_is_kept_for_itself():
    arrive(officer("X1", team="first"), officer("X1", team="second", at=after(5)))

    assert (names(NINE)[0], names(None)[0], names(NINE)[0]) == (
        [f"{SOURCE}:X1 first"],
        [f"{SOURCE}:X1 second"],
        [f"{SOURCE}:X1 first"],
    )
    assert officer_roster._read_roster.cache_info().hits == 1
