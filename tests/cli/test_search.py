"""Search by command: who is found and why, in words and as JSON; the index made anew finds the same."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.one_engine  # the step behind it is tried on both


def test_people_are_found_in_words_and_as_json(duecare):
    (found,) = duecare("search", "zarathon quillabon 2004-06-01", "--json").json
    words = duecare("search", "zarathon quillabon 2004-06-01").out.splitlines()

    assert (found["names"], found["born"], found["sources"]) == (["Quillabon ZARATHORN"], "2004-06-01", ["pole"])
    assert "the birth date is the same" in found["reasons"]
    assert words == [
        f"{found['person']}  {found['score']:6.2f}  Quillabon ZARATHORN  2004-06-01",
        f"  {'; '.join(found['reasons'])}  (pole)",
    ]


def test_nobody_found_is_said(duecare):
    answer = duecare("search", "Qwyzzq Xkcdw")

    assert (answer.code, answer.out) == (0, "Nobody found\n")
    assert duecare("search", "Qwyzzq Xkcdw", "--json").json == []


def test_the_index_made_anew_finds_the_same(duecare):
    before = duecare("search", "umbertide", "--json").json
    made = duecare("search-index")

    assert (made.code, made.out) == (0, "The index of search was made anew\n")
    assert [one["names"] for one in before] == [["Bexley UMBERTIDE"]]
    assert duecare("search", "umbertide", "--json").json == before


def test_where_more_came_than_a_search_counts_by_itself_it_says_so(duecare, monkeypatch):
    from duecare.store.search import search_index
    from duecare.use_cases.people import search_people

    with duecare.store():
        search_index.Pointer.objects.filter(name=search_index.UPTO_POINTER).update(run=0)
    monkeypatch.setattr(search_people, "_AT_ONE_LOOK", 0)
    behind = duecare("search", "umbertide")
    duecare("search-index")

    assert "Run duecare search-index." in behind.err
    assert duecare("search", "umbertide").err == ""
