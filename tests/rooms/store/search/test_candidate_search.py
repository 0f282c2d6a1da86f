"""Search for people: by the rarest keys, weighed, other spellings where nobody fits, nobody set apart."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pytest
from tests.made.landed import SOURCE, arrive, person

from duecare.linkage.linkage_model import shipped_model
from duecare.person.comparable_record import compared_record
from duecare.person.search_text import Asked, read_asked
from duecare.person.weigh import Weighed
from duecare.record.pole import RecordKey
from duecare.store.facts.fact_lookup import records_known
from duecare.store.linkage.record_terms import hash_of, id_of
from duecare.store.models import SearchKey
from duecare.store.search import candidate_search
from duecare.store.search.candidate_search import Sought, kept_bodies, search_candidates, some_records, telling_hits
from duecare.store.search.name_neighbours import RecordNeighbours
from duecare.store.search.search_index import update_index

pytestmark = pytest.mark.django_db

MODEL = shipped_model()
SURE = 20.0


@pytest.fixture(autouse=True)
def words_of_this_store() -> Iterator[None]:
    """A process keeps the words of one store; here every test has its own."""
    candidate_search._words_at.cache_clear()
    yield
    candidate_search._words_at.cache_clear()


def key(name: str) -> RecordKey:
    return RecordKey(SOURCE, name)


def look(text: str, *, sure: float = SURE, also: Collection[RecordKey] = (), **told: Any) -> Sought:
    return search_candidates(read_asked(text), MODEL.weights, sure_weight=sure, also_records=also, **told)


def found(text: str, **told: Any) -> list[str]:
    return [match.record.record_id for match in look(text, **told).matches]


@pytest.fixture
def people() -> None:
    arrive(
        person("jan", given_names="Janet", family_name="Smith", date_of_birth="2009-05-04", phone=["07700900123"]),
        person("joan", given_names="Joan", family_name="Smith", date_of_birth="1980-01-01", number=2),
        person("sealed", given_names="Janet", family_name="Smith", date_of_birth="2009-05-04", sealed=True, number=3),
        person("lone", given_names="Xanthe", family_name="Quillfeather", number=4),
        person("guard", given_names="Petra", family_name="Vane", address="12 Ash Road", postcode="SW1A 1AA",
               protected_address=True, online_names=["nightmoth"], number=5),
    )  # fmt: skip
    update_index()


def test_nothing_asked_finds_nothing_and_asks_nothing(people, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert search_candidates(Asked(), MODEL.weights, sure_weight=SURE) == Sought()


def test_in_an_empty_index_nobody_is_found():
    assert look("Janet Smith").matches == []


def test_who_fits_best_comes_first_with_why(people):
    best, *rest = look("Janet Smith 2009-05-04").matches

    assert best.record == key("jan")
    assert (best.weighed.levels["family"], best.weighed.levels["born"]) == ("same", "same")
    assert [match.record for match in rest if match.weighed.weight > best.weighed.weight] == []
    assert best.weighed.weight > max([match.weighed.weight for match in rest], default=-99.0)


def test_names_fit_in_either_order(people):
    assert found("Smith Janet 2009-05-04")[0] == found("Janet Smith 2009-05-04")[0] == "jan"


def test_of_those_that_fit_as_well_the_first_by_key_comes_first():
    arrive(*(person(name, given_names="Zelma", family_name="Rowe", number=place) for place, name in enumerate("cab")))
    update_index()

    assert found("Zelma Rowe") == ["a", "b", "c"]


def test_nobody_sealed_is_found_but_by_those_who_may_see_them(people):
    assert "sealed" not in found("Janet Smith 2009-05-04")
    assert set(found("Janet Smith 2009-05-04", also=[key("sealed")])) >= {"jan", "sealed"}
    assert "lone" not in found("Janet Smith", also=[key("lone")])  # is not set apart: not weighed as one who is


def test_where_somebody_fits_no_other_spelling_is_tried_unless_it_must_be(people):
    fits = look("Janet Smith 2009-05-04")

    assert fits.spelt_otherwise is False
    assert look("Janet Smith 2009-05-04", thorough=True).spelt_otherwise is True
    assert look("Janet Smith", sure=-99.0).spelt_otherwise is False
    assert look("07700 900123", thorough=True).spelt_otherwise is False  # there is no name to spell


def test_a_name_that_is_written_otherwise_is_found_by_those_like_it(people):
    misspelt = look("Xantha Qillfaether")

    assert misspelt.spelt_otherwise is True
    assert [match.record.record_id for match in misspelt.matches] == ["lone"]


def test_a_number_of_a_record_finds_it_whatever_its_case(people):
    arrive(person("R-77x", given_names="Io", family_name="Lane"))
    update_index()

    for text in ("R-77x", "r-77X", f"{SOURCE}:R-77x"):
        matches = look(text).matches
        assert [match.record for match in matches] == [key("R-77x")]
        assert matches[0].weighed.levels["identifier"] == "shared"


def test_a_protected_address_and_an_online_name_find_somebody_by_right_alone(people):
    for text in ("12 Ash Road", "SW1A 1AA", "nightmoth"):
        assert found(text) == []
        assert found(text, by_right=True) == ["guard"]


def test_an_address_that_is_protected_is_not_weighed_without_right(people):
    (without,) = look("Petra Vane SW1A 1AA").matches
    (by_right,) = look("Petra Vane SW1A 1AA", by_right=True).matches

    assert "home" not in without.weighed.levels
    assert by_right.weighed.levels["home"] in {"same postcode", "same home"}
    assert by_right.weighed.weight > without.weighed.weight


# --- other spellings ---------------------------------------------------------------------------------------


def test_other_spellings_are_of_words_that_are_written_alike_and_sound_otherwise():
    arrive(
        person("a", given_names="Xanthe", family_name="Smyth"),
        person("b", given_names="Bo", family_name="Stith", number=2),
    )
    update_index()

    assert candidate_search._similar_words("smith") == ["stith"]  # smyth sounds the same: its keys are tried already
    assert candidate_search._similar_words("zzz") == []


def test_a_word_of_three_letters_is_spelt_otherwise_and_one_of_two_is_not():
    arrive(person("a", given_names="Una", family_name="Rob"))
    update_index()

    assert candidate_search._similar_words("rop") == ["rob"]
    assert candidate_search._similar_words("ro") == []


def test_words_are_those_of_the_index_as_it_stands(people):
    assert candidate_search._similar_words("danet") == ["janet"]
    arrive(person("new", given_names="Manet", family_name="Banet"))
    update_index()

    assert set(candidate_search._similar_words("danet")) == {"janet", "manet", "banet"}


def test_somebody_is_found_by_one_name_spelt_otherwise_and_by_two(people):
    assert found("Danet Smith", sure=99.0)[:1] == ["jan"]
    assert "lone" in found("Canthe Nuillfeather", sure=99.0)
    assert "lone" in found("Canthe", sure=99.0)
    assert found("Canthe Nuillfeather", sure=-99.0) == found(
        "Canthe Nuillfeather", sure=99.0
    )  # nobody was found before


@pytest.mark.parametrize(
    ("levels", "fits"),
    [
        ({"given": "same", "family": "same"}, True),
        ({"given": "in full", "family": "same"}, True),
        ({"given": "short form", "family": "same"}, True),
        ({"given": "slip", "family": "same"}, False),
        ({"family": "same"}, False),
        ({"given": "same", "family": "slip"}, False),
        ({"given": "same"}, False),
        ({"given": "same", "family": "same", "born": "same"}, True),
        ({"given": "same", "family": "same", "born": "as far as known"}, True),
        ({"given": "same", "family": "same", "born": "near"}, False),
        ({"given": "same", "family": "same", "home": "same home"}, True),
        ({"given": "same", "family": "same", "home": "same postcode"}, True),
        ({"given": "same", "family": "same", "home": "most words"}, True),
        ({"given": "same", "family": "same", "home": "near"}, False),
    ],
)
def test_somebody_fits_whole_where_both_names_do_and_nothing_else_speaks_against_it(levels: dict[str, str], fits: bool):
    assert candidate_search._fits_whole(Weighed(-50.0, levels, {})) is fits


def test_somebody_who_fits_whole_is_found_however_little_it_weighs(people):
    assert look("Janet Smith", sure=999.0).spelt_otherwise is False
    assert look("Janet Smith 1950-01-01", sure=999.0).spelt_otherwise is True


def test_the_sure_weight_itself_is_sure(people):
    weight = look("Joan Smith 1980-02-02", sure=-99.0).matches[0].weighed.weight

    assert look("Joan Smith 1980-02-02", sure=weight).spelt_otherwise is False
    assert look("Joan Smith 1980-02-02", sure=weight + 0.001).spelt_otherwise is True


# --- keys --------------------------------------------------------------------------------------------------


def keep(name: str, *numbers: int) -> int:
    number = hash_of(name)
    SearchKey.objects.bulk_create(SearchKey(key=number, record=record) for record in numbers)
    return number


def test_records_that_share_rarer_keys_come_first_and_of_those_that_share_as_much_the_smaller_number(people):
    rare, common, other = keep("rare", 7), keep("common", 1, 2, 3, 7, 8), keep("other", 2, 3)

    assert telling_hits({rare, common}) == [7, 1, 2, 3, 8]
    assert telling_hits({common, other}) == [2, 3, 1, 7, 8]
    assert telling_hits({hash_of("nobody has it")}) == telling_hits(set()) == []


def test_a_key_that_too_many_have_tells_nothing_unless_nothing_else_does(people, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(candidate_search, "MOST_OF_A_KEY", 3)
    common, three, rare = keep("common", 1, 2, 3, 4, 5), keep("three", 4, 5, 6), keep("rare", 9)

    assert telling_hits({common, three, rare}) == [9, 4, 5, 6]
    assert set(telling_hits({common, three})) == {4, 5, 6}
    assert telling_hits({common}) == [1, 2, 3, 4]  # as many as one more than tells


def test_no_more_than_so_many_are_weighed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(candidate_search, "WEIGHED", 2)

    assert telling_hits({keep("k", 1, 2, 3)}) == [1, 2]


def test_keys_of_many_statements_are_all_looked_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(candidate_search, "_STATEMENT", 2)
    keys = {keep(f"k{number}", number) for number in range(5)}

    assert telling_hits(keys) == [0, 1, 2, 3, 4]


def test_what_is_kept_of_records_is_read_of_those_apart_or_of_the_others(people):
    numbers = [id_of(key(name)) for name in ("jan", "sealed", "none")]

    assert [(number, kept.key) for number, kept in kept_bodies(numbers, apart=False)] == [(numbers[0], key("jan"))]
    assert [(number, kept.key) for number, kept in kept_bodies(numbers, apart=True)] == [(numbers[1], key("sealed"))]
    assert list(kept_bodies([], apart=False)) == []


# --- looked at in vain -------------------------------------------------------------------------------------


def test_some_records_are_as_many_as_asked_whoever_there_is(people):
    for most in (-1, 0, 1, 2, 4, 9):
        chosen = some_records("anything", most)
        assert len(chosen) == max(most, 0)
        assert key("sealed") not in chosen
    assert some_records("anything", 3) == some_records("anything", 3)


def test_where_there_is_nobody_there_are_none():
    assert some_records("anything", 3) == []


def test_they_begin_where_what_is_asked_falls_and_go_round(people):
    open_ones = sorted((id_of(key(name)), key(name)) for name in ("jan", "joan", "lone", "guard"))
    for place, text in enumerate(f"text {number}" for number in range(12)):
        after = [one for number, one in open_ones if number >= hash_of(text)] or [one for _, one in open_ones]
        chosen = some_records(text, 3)
        assert chosen == [after[:3][turn % len(after[:3])] for turn in range(3)], place


# --- neighbours --------------------------------------------------------------------------------------------


def test_neighbours_share_a_key_and_the_record_itself_is_none_of_them(people):
    record = compared_record(records_known([key("jan")])[key("jan")])

    near = RecordNeighbours().to(record, key("jan"))

    assert set(near) == {key("joan"), key("sealed")}
    assert near[key("joan")] == compared_record(records_known([key("joan")])[key("joan")])
    assert key("jan") in RecordNeighbours().to(record, key("elsewhere"))


def test_neighbours_are_found_by_what_is_guarded_too(people):
    arrive(person("twin", given_names="Wim", family_name="Bos", address="12 Ash Road", postcode="SW1A 1AA",
                  protected_address=True))  # fmt: skip
    update_index()
    record = compared_record(records_known([key("twin")])[key("twin")])

    assert set(RecordNeighbours().to(record, key("twin"))) == {key("guard")}


def test_those_set_apart_are_read_once_for_many(people, django_assert_max_num_queries):
    near = RecordNeighbours()
    record = compared_record(records_known([key("jan")])[key("jan")])
    first = near.to(record, key("jan"))
    with django_assert_max_num_queries(3):
        assert near.to(record, key("jan")) == first
