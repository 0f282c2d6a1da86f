"""Signing in: closed to strangers, one click in a demo and nowhere else."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client

pytestmark = pytest.mark.django_db
PASSWORD = "made up for a test"


@pytest.fixture
def in_demo(settings):
    settings.DUECARE_DEMO = True


def test_in_a_demo_the_made_up_people_are_listed_with_what_they_may_open(in_demo, account):
    account("supervisor", display_name="Sue MADEUP")
    account("chief_officer", display_name="Chief MADEUP")
    account(name="nobody")

    page = Client().get("/account/sign-in/").content.decode()

    assert page.index("Sign in as Sue MADEUP") < page.index("Sign in as Chief MADEUP")
    assert "Opens every case that is not sealed" in page
    assert "nobody" not in page


@pytest.mark.parametrize(
    ("asked", "lands"),
    [
        ("/cases/pole/C1/", "/cases/pole/C1/"),
        ("https://elsewhere.example/", "/worklist/"),
        ("//elsewhere.example/", "/worklist/"),
        ("", "/worklist/"),
    ],
)
def test_in_a_demo_a_click_leads_on_to_the_page_asked_for_and_to_no_other_site(in_demo, account, asked, lands):
    account("supervisor", name="made-up")
    client = Client()

    page = client.get("/account/sign-in/", {"next": asked}).content.decode()
    answer = client.post("/demo/sign-in/", {"account": "made-up", "next": asked})

    assert ('name="next" value="/cases/pole/C1/"' in page) == (asked == lands)
    assert answer["Location"] == lands


def test_in_a_demo_a_wrong_password_is_shown_before_anything_else(in_demo, account):
    account("supervisor")

    page = Client().post("/account/sign-in/", {"login": "nobody", "password": "wrong"}).content.decode()

    assert "There is a problem" in page
    assert "Choose a person to sign in as" not in page
    assert "Sign in as one of the made-up people" in page


def test_outside_a_demo_nobody_is_listed_and_nobody_can_be_signed_in_as(settings, account):
    settings.DUECARE_DEMO = False
    account("supervisor", name="sue", display_name="Sue MADEUP")
    client = Client()

    assert "Sign in as" not in client.get("/account/sign-in/").content.decode()
    assert client.post("/demo/sign-in/", {"account": "sue"}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("name", ["", "none-such", "no-roles", "gone"])
def test_in_a_demo_only_accounts_with_roles_and_in_use_can_be_signed_in_as(in_demo, account, name):
    account(name="no-roles")
    account("supervisor", name="gone", is_active=False)
    client = Client()

    assert client.post("/demo/sign-in/", {"account": name}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("supervisor", "/worklist/"),
        ("custody_officer", "/custody/"),
        ("home_office", "/"),
        ("data_officer", "/"),
    ],
)
def test_each_lands_on_the_page_they_open_with(in_demo, account, role, first):
    account(role, name="made-up", password=PASSWORD)

    by_click = Client().post("/demo/sign-in/", {"account": "made-up"})
    by_password = Client().post("/account/sign-in/", {"login": "made-up", "password": PASSWORD})

    assert by_click["Location"] == by_password["Location"] == first


def test_signing_in_goes_on_to_the_page_asked_for_but_never_to_another_host(account):
    account("supervisor", name="made-up", password=PASSWORD)
    given = {"login": "made-up", "password": PASSWORD}

    here = Client().post("/account/sign-in/", {**given, "next": "/visits/"})
    elsewhere = Client().post("/account/sign-in/", {**given, "next": "https://elsewhere.example/"})

    assert here["Location"] == "/visits/"
    assert elsewhere["Location"] == "/worklist/"


def test_signing_in_changes_the_session_so_that_none_can_be_planted(account):
    account("supervisor", name="made-up", password=PASSWORD)
    client = Client()
    client.get("/account/sign-in/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before

    client.post("/account/sign-in/", {"login": "made-up", "password": PASSWORD})

    assert client.session.session_key != before


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(account):
    account("supervisor", name="made-up", password=PASSWORD)

    pages = [
        Client().post("/account/sign-in/", {"login": name, "password": "wrong"}).content.decode()
        for name in ("made-up", "none-such")
    ]

    said = [page[page.index("There is a problem") : page.index("</ul></div></div></div>")] for page in pages]
    assert said[0] == said[1]


def test_a_blank_field_and_a_wrong_password_say_what_to_do(account):
    account("supervisor", name="made-up", password=PASSWORD)

    blank = Client().post("/account/sign-in/", {"login": "", "password": ""}).content.decode()
    wrong = Client().post("/account/sign-in/", {"login": "made-up", "password": "wrong"}).content.decode()

    assert "Enter your username" in blank
    assert "Enter your password" in blank
    assert "The username or password is not correct" in wrong


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mfa/index", "Two-step sign-in is off."),
        ("mfa/authenticate", "Enter your code"),
        ("mfa/reauthenticate", "Confirm that it is you"),
        ("mfa/totp/deactivate_form", "You will sign in with your password only."),
        ("mfa/recovery_codes/generate", "Create new recovery codes"),
        ("mfa/recovery_codes/index", "You have 2 unused recovery codes out of 10."),
        ("account/reauthenticate", "Enter your password to continue."),
        ("account/password_change", "Change your password"),
    ],
)
def test_two_step_and_password_pages_are_in_our_words(name, words):
    page = render_to_string(f"{name}.html", {"unused_codes": ["one", "two"], "total_count": 10})

    assert words in page
    assert not re.search(
        "[Tt]wo-[Ff]actor|[Dd]eactivate|[Rr]eauthenticate|Sign In", page.split("<main")[1].split("</main")[0]
    )


def test_nobody_can_sign_up():
    client = Client()

    answer = client.post("/account/sign-up/", {"username": "stranger", "password1": PASSWORD})

    assert "You cannot sign up" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_signing_out_needs_a_form_and_ends_the_session(signed_in):
    client = signed_in("supervisor")
    client.get("/account/sign-out/")
    assert client.get("/system/").content.decode().count("Signed in as") == 1

    client.post("/account/sign-out/")

    assert client.get("/worklist/").status_code == 302
