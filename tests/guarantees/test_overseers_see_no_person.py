"""Those who oversee reach every aggregate they need, and no person by any path: link by link, address by address, by command."""

from __future__ import annotations

import html
import re
from collections import deque
from dataclasses import replace

import pytest
from tests.guarantees.test_g1_reads_are_logged import READS, Walk, every_page, in_the_store, shown_in, walk
from tests.made.few_cases import CASES, PEOPLE, SOURCE, person_of
from tests.made.long_runs import mostly_long

__all__ = ["in_the_store", "walk"]
pytestmark = [pytest.mark.guarantee, pytest.mark.one_engine]

OVERSEERS = {"mayor": "mayors_office", "expert": "expert", "statistician": "statistician", "home": "home_office"}
AGGREGATES = {
    "mayor": {
        "/figures/",
        "/oversight/",
        "/recommendations/",
        "/meetings/",
        "/accountable/",
        "/published/",
        "/totals/",
    },
    "expert": {
        "/figures/",
        "/oversight/",
        "/recommendations/",
        "/meetings/",
        "/accountable/",
        "/published/",
        "/totals/",
    },
    "statistician": {"/figures/", "/oversight/", "/recommendations/", "/published/", "/releases/"},
    "home": {"/recommendations/", "/published/", "/totals/"},
}
MOST = 600
CUT = {"recommendation"}
"""Pages that name cases to whoever may open them, and to all others only say how many there are."""


def told(text: str) -> set[str]:
    """Which records' own words, ids, or cases are in this answer?"""
    ids = {record for record in PEOPLE if person_of(record) in text or f"{SOURCE}:{record}" in text}
    refs = {ref for ref in CASES if re.search(rf"(?<![A-Za-z]){SOURCE}[:/]{ref}(?![A-Za-z])", text)}
    return shown_in(text) | ids | refs


def crawled(walk: Walk, account: str) -> dict[str, tuple[int, set[str]]]:
    """Every page that links lead to from the front page: its status, and which people or cases it tells of."""
    found: dict[str, tuple[int, set[str]]] = {}
    waiting = deque(["/"])
    while waiting and len(found) < MOST:
        path = waiting.popleft()
        if path in found:
            continue
        status, text = walk.page(account, "GET", path.replace("{", "{{").replace("}", "}}"))
        found[path] = (status, told(text))
        for link in re.findall(r'href="(/[^"#]*)', text):
            if not link.startswith(("/static/", "/account/")):
                waiting.append(html.unescape(link))
    assert len(found) < MOST, "the pages have no end"
    return found


@pytest.fixture
def overseers(walk: Walk) -> None:
    from django.contrib.auth import get_user_model

    from duecare.store import accounts

    held = set(get_user_model().objects.values_list("username", flat=True))
    for name, role in OVERSEERS.items():
        if name not in held:
            accounts.enrol_account(name, [role], display_name=name)


@pytest.mark.parametrize("account", mostly_long(OVERSEERS, ["mayor"]))
def test_links_lead_to_every_aggregate_and_to_no_person(walk, overseers, account):
    found = crawled(walk, account)

    assert {path: tells for path, (_, tells) in found.items() if tells} == {}
    assert {path for path, (status, _) in found.items() if status >= 400} == set()
    assert AGGREGATES[account] <= {path.partition("?")[0] for path in found}


@pytest.mark.parametrize("account", OVERSEERS)
def test_no_address_of_the_site_shows_a_person(walk, overseers, account):
    from duecare.web.site.routes import RULES

    wrong = []
    for name, method, address in every_page():
        status, text = walk.page(account, method, address)
        named = {person_of(record) for record in PEOPLE if person_of(record) in address}
        tells = told(text.replace(address, "")) if not named else shown_in(text)
        if tells or (RULES[name].is_read_of_people and name not in CUT and status not in {403, 404, 405}):
            wrong.append((address, status, tells))

    assert wrong == []


@pytest.mark.parametrize("account", OVERSEERS)
def test_no_command_shows_a_person(walk, overseers, account, monkeypatch):
    wrong = []
    for path, ways in READS.items():
        for asked in ways:
            code, text = walk.command(account, asked, monkeypatch)
            asks = " ".join(asked)
            if shown_in(text) or {
                ref for ref in told(text) if ref not in asks and not (ref in PEOPLE and person_of(ref) in asks)
            }:
                wrong.append((path, code, told(text)))

    assert wrong == []


def test_the_counter_a_page_that_lists_cases_is_found(walk, overseers, monkeypatch):
    """Were findings open to the mayor's office, the walk would tell."""
    from duecare.access import act, roles

    mayor = roles.ROLE["mayors_office"]
    more = frozenset({act.Act.OPEN_CASE, act.Act.READ_FINDINGS})
    opened = replace(mayor, reach=frozenset({roles.Reach.ALL}), acts=mayor.acts | more)
    monkeypatch.setattr("duecare.access.viewer.ROLE", {**roles.ROLE, "mayors_office": opened})
    status, text = walk.page("mayor", "GET", "/findings/?state=any")

    assert status == 200
    assert told(text)
