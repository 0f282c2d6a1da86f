"""Who is let in where, and what every answer carries."""

import re

import pytest
from django.db import InterfaceError, InternalError, OperationalError
from django.test import Client
from django.urls import get_resolver, reverse
from tests.made import figure_pages, pages
from tests.made.long_runs import mostly_long

from duecare.access.act import Act
from duecare.access.roles import ROLES
from duecare.vocabulary.refusals import Refusal, refusal_kinds
from duecare.web.site import middleware, routes
from duecare.web.site.navigation import GROUPS, MANY, navigation_for
from duecare.web.site.routes import serves_roles

pytestmark = pytest.mark.django_db

EVERY_ROLE = [role.name for role in ROLES]
ADDRESS = {
    "figure_list": f"/figures/{figure_pages.MAY_DIFFER}/list/{figure_pages.KEY}/",
    "link": "/links/merlin:P1/custody:P1/",
    "link_undo": "/links/undo/0123456789abcdef/",
    "meeting": "/meetings/1/",
    "meeting_pack": "/meetings/1/pack/",
    "meeting_pack_file": "/meetings/1/pack.ods",
    "person": f"/people/{pages.PERSON}/",
    "note_birth": "/people/born/own-1/",
    "case": "/cases/merlin/MER-1/",
    "delivery": "/deliveries/3/",
    "published_release": "/published/out/",
    "release": "/releases/waiting/",
    "round": "/rounds/drawn/",
    "set_aside": "/deliveries/3/set-aside/events.csv",
    "meeting_answer": "/meetings/questions/3/answer/",
    "meeting_action_done": "/meetings/actions/5/done/",
    "meeting_minute": "/meetings/1/minute/",
    "meeting_action": "/meetings/1/action/",
    **{f"release_{deed}": f"/releases/waiting/{deed}/" for deed in ("pass", "refuse", "comment")},
}


def address(route: routes.Route) -> str:
    return ADDRESS.get(route.name, route.url.replace("/rounds/<str:name>/", "/rounds/drawn/"))


def every_route() -> list[routes.Route]:
    return list(routes.all_routes())


def test_every_address_has_a_rule_and_every_rule_an_address():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

    assert {route.name for route in routes.all_routes()} == names == set(routes.RULES)


def test_an_address_without_a_rule_is_not_for_anyone():
    assert not routes.is_for_anyone("made-up-tomorrow")


def test_roles_are_those_that_policy_allows_the_act():
    by_name = {route.name: set(route.roles) for route in routes.all_routes()}

    assert by_name["worklist"] == {role.name for role in ROLES if Act.READ_WORKLIST in role.acts}
    assert "data_officer" not in by_name["person"]


@pytest.mark.parametrize("name", [route for route, rule in routes.RULES.items() if rule.roles != routes.ANYONE])
def test_nobody_reaches_a_page_without_signing_in(name):
    route = next(route for route in every_route() if route.name == name)
    method = "get" if "GET" in route.methods else "post"

    answer = getattr(Client(), method)(address(route))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/sign-in/?next=")


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_each_role_gets_the_pages_it_is_served_and_is_refused_the_others(signed_in, role):
    client = signed_in(role)
    wrong = []
    for route in every_route():
        if route.url.startswith(("/account/", "/demo/")) or "<" in route.url or "GET" not in route.methods:
            continue
        served = role in route.roles or route.roles in (routes.ANYONE, routes.SIGNED_IN)
        status = client.get(route.url).status_code
        if status != (200 if served else 403):
            wrong.append((route.url, status))

    assert wrong == []


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_person_or_case_that_is_not_theirs_looks_as_if_it_did_not_exist(signed_in, role):
    client = signed_in(role)

    answers = [client.get(ADDRESS["person"]), client.get(ADDRESS["case"]), client.get("/people/nobody/")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({_body(answer) for answer in answers}) == 1
    assert b"You cannot open this" in answers[0].content


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_the_navigation_offers_what_opens(signed_in, role):
    client = signed_in(role)
    offered = set(re.findall(r'govuk-service-navigation__link" href="([^"]+)"', client.get("/").content.decode()))
    beside = {
        path
        for first in offered
        for row in re.findall(r"duecare-beside-pages.*?</nav>", client.get(first).content.decode(), re.DOTALL)
        for path in re.findall(r'href="([^"]+)"', row)
    }

    assert offered
    assert offered | beside == {
        reverse(name) for _, pages in GROUPS for name, _ in pages if serves_roles(name, (role,), is_signed_in=True)
    }
    assert {client.get(path).status_code for path in offered | beside} == {200}


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_pages_too_many_for_a_row_stand_in_groups_and_one_page_alone_is_no_group(role):
    found = navigation_for((role,), "worklist", is_signed_in=True)

    assert len(found.row) <= MANY
    assert len(found.beside) != 1
    if found.beside:
        assert [one["text"] for one in found.row if one.get("active")] == [found.group] == ["Cases"]
        assert [one["text"] for one in found.beside if one["current"]] == ["Worklist"]


def test_a_role_taken_away_is_gone_at_the_next_request(signed_in, django_user_model):
    client = signed_in("chief_officer")
    assert client.get("/worklist/").status_code == 200

    django_user_model.objects.update(roles=["home_office"])

    assert client.get("/worklist/").status_code == 403


@pytest.mark.parametrize("is_in", mostly_long([False, True], [False]), ids=["signed out", "signed in"])
def test_every_answer_carries_the_hardening_set_and_nothing_inline(signed_in, made_steps, is_in):
    client = signed_in(*EVERY_ROLE) if is_in else Client()
    asked = [(method, address(route)) for route in every_route() for method in ("get", "head", "post", "put")]
    kept = {address(route) for route in every_route() if route.name in middleware.FOR_EVERYBODY}
    for method, path in [*asked, ("get", "/no/such/page"), ("get", "/worklist/?page=x"), ("get", "/custody/?show=x")]:
        if "sign-out" in path and method == "post":
            continue
        answer = getattr(client, method)(path)

        assert {name: answer.get(name) for name in middleware.HEADERS} == middleware.HEADERS, (method, path)
        if path not in kept or answer.status_code != 200:
            assert answer["Cache-Control"] == "no-store", (method, path)
        if answer["Content-Type"].startswith("text/html"):
            assert faults_of(answer.content.decode()) == [], (method, path)


def test_what_may_be_kept_on_the_way_is_for_anyone_and_the_same_for_all(signed_in, made_steps):
    for route in every_route():
        if route.name in middleware.FOR_EVERYBODY:
            assert route.roles == routes.ANYONE, route.name
            assert not route.is_read_of_people, route.name
    for path in ("/published/", "/published/out/", "/published/real-rounds/"):
        answers = [Client().get(path), signed_in(*EVERY_ROLE, name=f"everybody {path}").get(path)]
        assert len({answer.content for answer in answers}) == 1
        assert [(answer["Cache-Control"], len(answer.cookies)) for answer in answers] == [("public, max-age=60", 0)] * 2


def test_the_check_for_inline_code_finds_it_when_it_is_there():
    for bad in (
        "<script>alert(1)</script>",
        "<p style='color:red'>",
        "<style>p{}</style>",
        '<a onclick="x()">',
        '<script src="https://elsewhere.example/x.js"></script>',
        '<a href="javascript:x()">',
        '<img src="//elsewhere.example/x.png">',
    ):
        assert faults_of(bad), bad


def test_the_policy_allows_nothing_inline_and_no_other_host():
    policy = middleware.CONTENT_SECURITY_POLICY

    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_forms_sent_from_elsewhere_are_refused(account):
    account("data_officer", name="made-up")
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/demo/sign-in/", {"account": "made-up"})

    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode()
    assert faults_of(answer.content.decode()) == []


def test_the_health_page_answers_without_asking_the_store(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get("/healthz")

    assert answer.json() == {"ok": True}


@pytest.mark.parametrize("code", sorted(refusal_kinds()))
def test_no_refusal_shows_whose_it_was(signed_in, monkeypatch, code):
    from duecare.use_cases.people import view_person

    def refuse(*_, **__):
        raise Refusal(code, where="CANARY-WHERE", found="CANARY-FOUND", faults=("CANARY-FAULT",))

    monkeypatch.setattr(view_person, "read_person", refuse)
    answer = signed_in("chief_officer").get("/people/CANARY-ID/")

    assert answer.status_code in {400, 403, 404, 503}
    assert (answer.status_code == 503) == (code[:3] in {"STO", "LED", "CFG"})
    assert b"CANARY" not in answer.content.replace(b'href="/people/CANARY-ID/"', b"")
    if code != "ACC-001":
        assert code in answer.content.decode()


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (OperationalError("database is locked"), "STO-002"),
        (OperationalError("disk I/O error CANARY"), "STO-001"),
        (InterfaceError("connection already closed CANARY"), "STO-001"),
        (InternalError("CANARY"), "STO-001"),
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "place", ["duecare.use_cases.people.view_person.id_in_force", "django.contrib.auth.middleware.get_user"]
)
def test_a_store_that_fails_where_it_is_only_read_answers_that_it_is_not_available(
    signed_in, monkeypatch, place, failure, code
):
    """Inside a view outside any transaction, and before any view, while it is looked up who asks."""

    def fail(*_):
        raise failure

    client = signed_in("chief_officer")
    client.raise_request_exception = False
    monkeypatch.setattr(place, fail)
    answer = client.get("/people/CANARY-ID/")

    assert answer.status_code == 503
    said = answer.content.decode()
    assert code in said
    assert "CANARY" not in said.replace('href="/people/CANARY-ID/"', "")


def test_what_nobody_foresaw_gives_a_page_without_a_trace(signed_in, monkeypatch):
    from duecare.use_cases.people import view_person

    def fail(*_, **__):
        raise RuntimeError("CANARY")

    monkeypatch.setattr(view_person, "read_person", fail)
    client = signed_in("chief_officer", display_name="CANARY-NAME")
    client.raise_request_exception = False

    answer = client.get("/people/x/")

    assert answer.status_code == 500
    assert b"CANARY" not in answer.content
    assert b"Nothing was changed" in answer.content


# --- what must not stand in a page --------------------------------------------------------------------

INLINE = {
    "script without a source": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]+\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]+\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"""(?:href|src|action)\s*=\s*["']?\s*(?:javascript|data):""", re.IGNORECASE),
    "another host": re.compile(
        r"""<(?:script|link|img|iframe|form)[^>]+(?:src|href|action)\s*=\s*["']?(?:https?:)?//""", re.IGNORECASE
    ),
}


def faults_of(page: str) -> list[str]:
    return [name for name, found in INLINE.items() if found.search(page)]


def _body(answer: object) -> bytes:
    return re.sub(rb'value="[A-Za-z0-9]{64}"', b"", answer.content)  # the form's own token


def test_a_page_that_a_role_may_not_have_says_so_once_and_what_to_do(signed_in):
    page = signed_in("auditor").get("/visits/").content.decode()

    main = page.split("<main")[1]
    assert main.count("You do not have permission to do this") == 1
    assert "Ask someone whose role allows it" in main
