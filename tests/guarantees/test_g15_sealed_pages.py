"""G15, as it is served: with a sealed case and without, whoever is not named on it is sent the same bytes by every page.

Every page of the product's own list is asked for, or has a reason here why not. How long an answer took, and how many
statements it took, is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from tests.made import sealed_defects as defects
from tests.made.few_cases import ACCOUNTS, AREA, SOURCE
from tests.made.long_runs import mostly_long
from tests.made.sealed_addresses import GET, NOT_ASKED, PERIOD, POST, Query
from tests.made.sealed_worlds import NOW, World, two_worlds
from tests.made.stores import asking

pytestmark = [pytest.mark.guarantee, pytest.mark.long_on_postgres]

# who asks: (roles, officer, teams, areas)
MORE_ACCOUNTS = {
    "investigator": (["investigator"], "X5", ["Team one"], []),
    "manager": (["offender_manager"], "M1", [], []),
    "inspector": (["detective_inspector"], "D1", [], [AREA]),
}
ALL_WAYS, FEW_WAYS = slice(None), slice(4)
NOT_NAMED = ("chief", "lead", "investigator", "one", "inspector", "data", "custody", "manager")
WITH_EACH_CHANGE = ("chief", "lead", "investigator", "one", "inspector", "data")


@dataclass(frozen=True)
class Differs:
    """What of an answer differs between any two stores, and why it tells of nothing sealed."""

    what: str
    pattern: re.Pattern[bytes]
    reason: str
    routes: tuple[str, ...] = ()


# The whole list of what is made the same before two answers are held against each other; all else must be equal.
MADE_SAME = (
    Differs(
        "tokens of forms",
        re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]+|(?<=form" value=")[^"]+'),
        "chance, anew with every answer: against forms that are forged, or sent twice",
    ),
    Differs(
        "how many rows a delivery had",
        re.compile(rb'(?<=duecare-figures">)(.*?)(?=</(?:table|dl)>)', re.DOTALL),
        "what the source sent, held against its own count; how many rows are of what is not told",
        ("deliveries", "delivery"),
    ),
    Differs(
        "size and root of the ledger that figures rest on",
        re.compile(rb"\d+ entries, root [0-9a-f]{16}"),
        "each act is an entry, such as that a delivery joined records; its hash is over ids that are chance",
        ("figures", "figure"),
    ),
    Differs(
        "the mark of a look for somebody",
        re.compile(rb'(?<=name="mark" value=")[^"]+'),
        "signed with the key of its store",
        ("note_person",),
    ),
)
# Of headers: chance with each answer, and the length of the body, which is compared itself.
OWN_HEADERS = {"Set-Cookie": "chance", "X-Request-Id": "chance", "Content-Length": "the body is compared itself"}
# In the ledger: its own numbers, which count on from what others did before, and ids that are chance in every store.
OPAQUE = re.compile(rb"\b[0-9a-f]{32}\b")


@dataclass
class Site:
    """One world as it is served: a browser for each account."""

    world: World
    keys: dict[str, str]
    figures: dict[str, str]
    clients: dict[str, Any] = field(default_factory=dict)

    def client(self, account: str) -> Any:
        """A browser in which this account is signed in."""
        from django.contrib.auth import get_user_model
        from django.test import Client

        if account not in self.clients:
            self.clients[account] = Client(raise_request_exception=False)
            self.clients[account].force_login(
                get_user_model().objects.get(username=account), backend="django.contrib.auth.backends.ModelBackend"
            )
        return self.clients[account]

    def answers(self, account: str, routes: Iterable[str], ways: slice = ALL_WAYS) -> dict[str, bytes]:
        """Whatever this account is sent by these pages, made comparable; then what the ledger shows of all that."""
        from duecare.store.ledger import ledger_entries
        from duecare.use_cases.operations.verify_ledger import show_entries

        with self.world.store():
            client, before = self.client(account), ledger_entries.latest_entries(1)[0].number
            found = {}
            for route, address, sent in asked(routes, ways):
                place = address.format_map(self.keys)
                answer = client.get(place) if sent is None else client.post(place, sent)
                found[f"{address} {sent or ''}"] = comparable(route, answer)
            entries = show_entries(asking(NOW), ledger_entries.latest_entries(1)[0].number - before)
        shown = "\n".join(repr(entry).replace(f"number={entry.number}", "") for entry in entries)
        return found | {"ledger": OPAQUE.sub(b"", shown.encode())}


def comparable(route: str, answer: Any) -> bytes:
    """The status, the headers and the body of an answer, without what differs between any two stores."""
    headers = sorted(f"{name}: {value}" for name, value in answer.headers.items() if name not in OWN_HEADERS)
    body = answer.content
    for one in MADE_SAME:
        if not one.routes or route in one.routes:
            body = one.pattern.sub(b"", body)
    return repr((answer.status_code, headers)).encode() + body


def asked(routes: Iterable[str], ways: slice = ALL_WAYS) -> Iterator[tuple[str, str, Query | None]]:
    """(route, address, what is sent) of these ways in which each of these pages is asked for, one at the least."""
    for route in routes:
        every: list[tuple[str, Query | None]] = [*((address, None) for address in GET[route]), *POST.get(route, ())]
        yield from ((route, *way) for way in every[ways] or every[:1])


@pytest.fixture(scope="module")
def sites(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, Site]]:
    """Both worlds, with figures kept and accounts that may sign in, at one moment."""
    del django_db_setup
    with django_db_blocker.unblock(), two_worlds(tmp_path_factory.mktemp("worlds")) as worlds:
        yield _served(worlds[0]), _served(worlds[1])


def _served(world: World) -> Site:
    from duecare.store import accounts
    from duecare.use_cases.figures.take_snapshot import take_snapshot
    from duecare.use_cases.linkage.sample_pairs import sample_links

    with world.store() as config:
        for name, (roles, officer, teams, areas) in (ACCOUNTS | MORE_ACCOUNTS).items():
            accounts.enrol_account(name, roles, officer=officer, teams=teams, areas=areas)
        sample_links(asking(NOW), config, sample_seed="twice the same")
        snapshot = take_snapshot(asking(NOW), config, PERIOD)
        keys = {value.value.figure: value.key for value in snapshot.values if not value.value.cut}
        figures = {f"{value.value.figure} {value.value.cut}": repr(value.value) for value in snapshot.values}
    return Site(world, keys, figures)


@pytest.fixture(autouse=True)
def at_one_moment(monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any) -> Iterator[None]:
    """A clock that stands, and pages so short that what is sealed would crowd out others."""
    from duecare.use_cases.casework.view_as_of import worklist_then
    from duecare.use_cases.casework.view_worklist import read_worklist
    from duecare.use_cases.findings.list_findings import list_findings
    from duecare.use_cases.linkage import list_pairs
    from duecare.vocabulary import clock

    monkeypatch.setattr(clock, "current_moment", lambda: NOW)
    monkeypatch.setattr(list_pairs, "_WEIGHED", 2)
    monkeypatch.setattr(list_pairs, "_READ_AT_MOST", 4)
    for step in (read_worklist, worklist_then):
        monkeypatch.setitem(step.__kwdefaults__, "per_page", 3)
    monkeypatch.setitem(list_findings.__kwdefaults__, "most_findings", 5)
    with django_db_blocker.unblock():
        yield


def differing(sites: tuple[Site, Site], account: str, routes: Iterable[str] = GET, ways: slice = ALL_WAYS) -> list[str]:
    """Which pages does this account get otherwise where there is a sealed case?"""
    routes = tuple(routes)
    one, other = (site.answers(account, routes, ways) for site in sites)
    return [page for page in one if one[page] != other[page]]


@cache
def every_page() -> set[str]:
    """The names of the pages of the product's own list that are asked for, but for those of signing in."""
    from duecare.web.site.routes import all_routes

    return {route.name for route in all_routes() if "GET" in route.methods and not route.url.startswith("/account/")}


def test_every_page_is_asked_for_or_has_a_reason_why_not() -> None:
    assert every_page() == {*GET, *NOT_ASKED}
    assert not GET.keys() & NOT_ASKED.keys()
    assert all(NOT_ASKED.values())
    assert all(one.what and one.reason for one in MADE_SAME)


@pytest.mark.parametrize("account", mostly_long(NOT_NAMED, WITH_EACH_CHANGE))
def test_with_and_without_a_sealed_case_every_page_is_the_same_bytes(sites, account, assured, is_whole_run) -> None:
    # In the whole run each asks in every way; with each change in a fifth of them, so that all are asked by somebody.
    ways = ALL_WAYS if is_whole_run else slice(NOT_NAMED.index(account) % 5, None, 5)

    assert differing(sites, account, ways=ways) == []

    assured("G15", method=f"every page of the product's own list as {account}, with and without a sealed case",
            n=len(list(asked(GET, ways))), figure="0 bytes differ", pass_mark="0")  # fmt: skip


def test_every_figure_is_the_same_with_and_without_a_sealed_case(sites) -> None:
    one, other = (site.figures for site in sites)

    assert [name for name in {**one, **other} if one.get(name) != other.get(name)] == []
    assert len([figure for figure in one if "area" in figure]) > 20


def test_something_is_served(sites) -> None:
    routes = ("front", "worklist", "search", "person", "case", "visits", "referral", "figure_list")
    found = sites[0].answers("chief", routes, FEW_WAYS)

    good = [page for page, answer in found.items() if answer.startswith(b"(200")]
    assert len(good) >= 20
    for page in ("/worklist/?page=2 ", f"/referrals/{SOURCE}/SETTLED/ ", "/figures/seen-after/list/{seen-after}/ "):
        assert page in good


def test_what_is_sealed_is_answered_as_what_is_not_there(sites) -> None:
    found = sites[0].answers("chief", ("case", "person", "referral", "errors_found", "changed"), FEW_WAYS)

    for page in ("/cases/{}/{}/ ", "/referrals/{}/{}/ ", "/errors-found/{}/{}/ ", "/changed/{}/{}/?from=2026-11-01 "):
        sealed, absent = (found[page.format(SOURCE, ref)] for ref in ("SEALED", "NEVER-WAS"))
        assert sealed.startswith(b"(404")
        assert sealed == absent
    hidden = found[f"/people/{_hidden()}/ "]
    assert hidden.startswith(b"(404")
    assert hidden == found[f"/people/{'0' * 32}/ "]


def _hidden() -> str:
    from duecare.person.identity import record_person_id
    from duecare.record.pole import RecordKey

    return record_person_id(RecordKey(SOURCE, "hidden"))


@pytest.mark.parametrize("route", ["worklist", "case", "person", "search"])
def test_whoever_is_named_on_it_is_served_the_sealed_case(sites, route) -> None:
    assert differing(sites, "nine", (route,), FEW_WAYS) != []


@pytest.mark.parametrize(
    ("defect", "account", "route"),
    [
        (defects.keep_sealed_places, "chief", "worklist"),
        (defects.name_whoever_is_tied, "inspector", "worklist"),
        (defects.open_who_is_only_in_sealed_cases, "chief", "person"),
        (defects.weigh_sealed_pairs, "inspector", "pairs"),
        pytest.param(defects.name_the_seal, "lead", "case", marks=pytest.mark.long),
        pytest.param(defects.show_refused_ids, "investigator", "case", marks=pytest.mark.long),
        (defects.leave_the_filter_out, "chief", "case"),
        pytest.param(defects.leave_the_filter_out, "chief", "findings", marks=pytest.mark.long),
        pytest.param(defects.leave_the_filter_out, "chief", "search", marks=pytest.mark.long),
        pytest.param(defects.open_everybody, "chief", "custody", marks=pytest.mark.long),
        (defects.count_who_is_sealed, "chief", "front"),
        (defects.count_who_is_sealed, "chief", "linkage"),
        (defects.show_visits_of_sealed_cases, "lead", "visits"),
        (defects.name_sealed_children, "lead", "referral"),
        (defects.tell_the_seal_in_a_presenter, "one", "worklist"),
        (defects.tell_what_is_not_there, "one", "case"),
    ],
)
def test_counter_each_defect_is_seen_on_a_page(
    sites, monkeypatch, defect: Callable[[pytest.MonkeyPatch], None], account: str, route: str
) -> None:
    defect(monkeypatch)

    assert differing(sites, account, (route,), FEW_WAYS) != []
