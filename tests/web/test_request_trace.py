"""The trace page of `make serve-dev`: what it shows, to whom, and that a site in use does not have it."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

TRACE = "duecare.web.site.request_trace.RequestTrace"


@pytest.fixture
def traced_site(signed_in, settings) -> Client:
    """A client of a site whose requests are traced, as `serve --reload` does."""
    settings.MIDDLEWARE = [settings.MIDDLEWARE[0], TRACE, *settings.MIDDLEWARE[1:]]
    client = signed_in("chief_officer")
    client.raise_request_exception = False
    return client


def test_a_site_in_use_has_no_trace_page(client):
    assert TRACE not in settings.MIDDLEWARE
    assert client.get("/trace/").status_code == 404


def test_each_request_is_shown_with_its_route_status_and_statements(traced_site):
    traced_site.get("/help/?name=Zebedee")
    page = traced_site.get("/trace/").content.decode()

    assert "GET help: 200" in page
    assert "SELECT" in page
    assert "Zebedee" not in page
    assert "chief_officer" not in page.split("<main")[1]


def test_an_error_is_shown_where_it_failed_without_its_message(traced_site, monkeypatch):
    from duecare.use_cases.people import view_person

    def fail(*_, **__):
        raise ValueError("Zebedee Canary-Made-Up")

    monkeypatch.setattr(view_person, "read_person", fail)
    assert traced_site.get("/people/p1/").status_code == 500
    page = traced_site.get("/trace/").content.decode()

    assert "failed with ValueError" in page
    assert "test_request_trace.py" in page
    assert "Canary" not in page


def test_only_this_machine_sees_it(traced_site):
    assert traced_site.get("/trace/", REMOTE_ADDR="192.0.2.7").status_code == 404


def test_no_more_than_the_last_fifty_requests_are_kept(traced_site):
    for _ in range(53):
        traced_site.get("/healthz")
    page = traced_site.get("/trace/").content.decode()

    assert page.count("GET healthz") == 50
