"""Search: whoever is meant is found and told why; who may not be seen is not found by guessing; what is sealed is not there."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from tests.made import few_cases
from tests.made.few_cases import ACCOUNTS, SOURCE, canaries, few, filled, person_of
from tests.made.stores import DATA_OFFICER, Store, Stores, asking

from duecare.access.viewer import Viewer
from duecare.vocabulary.refusals import Refusal

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
GUARDED = {
    "child-open": {"protected_address": "true", "postcode": "NM1 2AB", "online_names": "moth-of-may"},
    "suspect": {"postcode": "NM1 2AC", "also_known_as": "Robert Tallow", "pnc_id": "99/123456X", "sex": "M"},
}


def viewer(name: str) -> Viewer:
    roles, officer, teams, areas = ACCOUNTS[name]
    return (
        DATA_OFFICER if name == "data" else Viewer(name, frozenset(roles), officer, frozenset(teams), frozenset(areas))
    )


@pytest.fixture(scope="module")
def stores(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    """Stores for all tests here."""
    del django_db_setup
    with django_db_blocker.unblock():
        made = Stores(tmp_path_factory.mktemp("search"))
        yield made
        made.drop()


def with_more(now: datetime) -> Any:
    made = few(now)
    persons = [{**row, **GUARDED.get(row["record_id"], {})} for row in made.rows["persons"]]
    return dataclasses.replace(made, rows={**made.rows, "persons": persons})


@pytest.fixture(scope="module")
def held(stores: Stores, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The few cases, in use, some of their people with more said of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(few_cases, "few", with_more)
        with filled(stores.new(), tmp_path_factory.mktemp("held"), NOW) as store:
            yield store


def found(name: str, text: str, **more: Any) -> list[Any]:
    from duecare.use_cases.people.search_people import search_people_by_text

    return list(search_people_by_text(asking(NOW, viewer(name)), text, **more).found)


def people(name: str, text: str, **more: Any) -> list[str | None]:
    return [one.person for one in found(name, text, **more)]


def named(record: str) -> tuple[str, str]:
    given, family, *_ = canaries()[record]
    return given, family


@pytest.mark.parametrize(
    "text",
    [
        "{given} {family}",
        "{family}, {given}",
        "{family}",
        "{given_} {family}",
        "{given} {family_}",
        "{given_} {family_}",
        "{initial} {family}",
        "{family} 2014-05-01",
        "{given} 05/01/2014",
        "{given_} aged 12",
        "100 Made Up Street {given}",
        "07700 900000",
        "child-open",
        "few:child-open",
    ],
)
def test_a_child_is_found_whichever_way_they_are_asked_for(held: Store, text: str) -> None:
    given, family = named("child-open")
    words = {"given": given, "family": family, "given_": given[:-2] + "n", "family_": family.replace("m", "n", 1)}

    first, *_ = found("chief", text.format(**words, initial=given[0]))

    assert first.person == person_of("child-open")
    assert first.names == (f"{given} {family.upper()}",)
    assert (first.born, first.sources) == ("2014-05-01", (SOURCE,))
    assert first.reasons


def test_every_other_name_short_form_and_checked_number_finds_too(held: Store) -> None:
    assert people("chief", "bob tallow")[0] == person_of("suspect")
    assert people("chief", "1999/0123456X")[0] == person_of("suspect")
    assert people("chief", "99/123456Y") == []
    assert people("chief", named("suspect")[1], near_place="nm12ac")[0] == person_of("suspect")
    assert people("chief", named("suspect")[1], born_text="46")[0] == person_of("suspect")


def test_the_reasons_say_what_fits_first_and_what_does_not_last(held: Store) -> None:
    first, *_ = found("chief", f"{named('child-open')[0]} Winterbottom 2014-05-01")

    assert first.reasons[0] == "the birth date is the same"
    assert first.reasons[-1].startswith("but")


def test_where_one_fits_for_sure_those_who_fit_a_million_times_less_are_left_out(held: Store) -> None:
    given, family = named("suspect")
    sure = found("chief", f"{given} {family} 1980-05-01 99/123456X 07700 900009")
    guessed = found("chief", family)

    assert sure[0].person == person_of("suspect")
    assert all(one.score >= sure[0].score - 20 for one in sure)
    assert len(guessed) > len(sure)


def test_a_search_is_one_entry_with_whom_it_showed_and_none_of_its_words(held: Store) -> None:
    from duecare.store.ledger.opaque_ids import RECORD, handles_of
    from duecare.store.models import LedgerEntry

    before = LedgerEntry.objects.count()

    found("chief", "{} {}".format(*named("child-open")))

    (entry,) = LedgerEntry.objects.order_by("number")[before:]
    assert handles_of({(RECORD, SOURCE, "child-open")}) <= set(orjson.loads(entry.ids))
    assert named("child-open")[0] not in f"{entry.purpose} {entry.outcome}"


def test_one_whom_the_viewer_may_not_open_is_shown_only_when_named_by_name_and_birth_date(held: Store) -> None:
    from duecare.use_cases.people.search_people import RESTRICTED

    given, family = named("child-restricted")

    *others, told = found("lead", f"{given} {family} 2013-05-01")

    assert told == type(told)(None, None, (RESTRICTED,))
    assert given not in repr(others)
    assert person_of("child-restricted") not in people("lead", f"{given} {family}")
    for guess in (
        given,
        family,
        f"{given} {family}",
        f"{family} 2013-05-01",
        f"{given} {family} 2013",
        "101 Made Up Street",
    ):
        assert None not in people("lead", guess), guess
    assert people("chief", f"{given} {family}")[0] == person_of("child-restricted")


def test_an_address_that_is_protected_and_an_online_name_find_only_by_right(held: Store) -> None:
    for text in ("NM1 2AB", "100 Made Up Street", "moth-of-may99 moth_of_may"):
        assert person_of("child-open") not in people("lead", text), text
    assert people("chief", "NM1 2AB")[0] == person_of("child-open")
    assert people("chief", "@moth-of-may")[0] == person_of("child-open")
    one, *_ = found("lead", "{} {}".format(*named("child-open")), near_place="NM1 2AB")
    assert one.person == person_of("child-open")
    assert not any("postcode" in reason or "address" in reason for reason in one.reasons)


def test_whoever_may_not_search_is_refused_in_the_ledger(held: Store) -> None:
    with pytest.raises(Refusal) as refused:
        found("stranger", "anybody")

    assert refused.value.code == "ACC-003"


def test_as_many_people_are_looked_at_whoever_fits(held: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from duecare.store.search import candidate_search as index
    from duecare.use_cases.people import search_people as step
    from duecare.visibility import view

    looked: list[str] = []
    spelt: list[bool] = []
    facts_of_person, search = step.facts_of_person, index.search_candidates
    for module in (step, view):
        monkeypatch.setattr(
            module, "facts_of_person", lambda person, at: looked.append(person) or facts_of_person(person, at)
        )
    monkeypatch.setattr(
        index, "search_candidates", lambda *a, **k: spelt.append((found := search(*a, **k)).spelt_otherwise) or found
    )
    counts = set()
    for text in (
        "{} {}".format(*named("child-restricted")),
        named("child-restricted")[0],
        "Qwyzzq Xkcdw",
        named("child-open")[1],
    ):
        looked.clear()
        found("lead", text)
        counts.add(len(looked))

    assert counts == {15}
    assert set(spelt) == {True}


def without_sealed(now: datetime) -> Any:
    made = few(now)
    persons = [row for row in made.rows["persons"] if not row["sealed"]]
    return dataclasses.replace(made, rows={**made.rows, "persons": persons})


def everything_found(name: str, statements: list[int]) -> list[Any]:
    from django.db import connection

    asked = [
        "Qwyzzq Xkcdw",
        "Made Up Street",
        *(text for record in ("child-sealed", "child-open") for text in canaries()[record]),
    ]
    asked += [f"{named(record)[0]} {named(record)[1]} {born}-05-01" for record, (born, *_) in few_cases.PEOPLE.items()]
    answers = []
    for text in asked:
        count = itertools.count()
        with connection.execute_wrapper(lambda execute, *args, count=count: (next(count), execute(*args))[1]):
            answers.append(found(name, text))
        statements.append(next(count))
    return answers


@pytest.mark.long
@pytest.mark.long_on_postgres
@pytest.mark.guarantee
def test_with_and_without_the_sealed_the_answers_are_the_same(stores: Stores, tmp_path: Path, assured: Any) -> None:
    answers: dict[str, dict[str, list[Any]]] = {}
    statements: dict[str, dict[str, list[int]]] = {}
    names = [name for name in ACCOUNTS if name not in {"one", "stranger"}]
    for world, made in (("with", few), ("without", without_sealed)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(few_cases, "few", made)
            (tmp_path / world).mkdir()
            with filled(stores.new(), tmp_path / world, NOW):
                statements[world] = {name: [] for name in names}
                everything_found("chief", [])  # once in vain: what is made ready at the first search is made ready
                answers[world] = {name: everything_found(name, statements[world][name]) for name in names}
                if world == "with":
                    assert people("one", named("child-sealed")[1])[0] == person_of("child-sealed")

    assert answers["with"] == answers["without"]
    for name in names:
        more = {a - b for a, b in zip(statements["with"][name], statements["without"][name], strict=True)}
        assert len(more) == 1, (
            name,
            more,
        )  # that anyone at all is sealed costs the same at every search, whoever is asked for
    n = sum(len(of) for of in answers["with"].values())
    assured("G15", method="twin worlds, search", n=n, figure="answers differing 0", pass_mark="0")
