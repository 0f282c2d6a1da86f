"""An error that nobody foresaw is logged with its stack, type and request id, and without one personal value."""

import io
import json
import logging

import pytest
from django.db import connection

from duecare.server_log import SafeFormatter, error_facts
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.django_db

NAME, BORN, ADDRESS = "Zebedee Canary-Made-Up", "2009-02-31", "1 Canary Lane"
CANARIES = (NAME, BORN, ADDRESS, "CANARY-OFFICER", "canary-person")


class LogRead:
    """What went to the log, with the formatter that is tried."""

    def __init__(self) -> None:
        self.text = io.StringIO()
        self.handler = logging.StreamHandler(self.text)

    @property
    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.text.getvalue().splitlines()]

    def canaries(self) -> list[str]:
        return [one for one in CANARIES if one in self.text.getvalue()]


@pytest.fixture
def log(caplog):
    read = LogRead()
    read.handler.setFormatter(SafeFormatter())
    loggers = [logging.getLogger(), logging.getLogger("duecare")]
    loggers[0].addHandler(read.handler)
    with caplog.at_level(logging.INFO, "duecare"):
        yield read
    loggers[0].removeHandler(read.handler)


@pytest.fixture
def broken_page(signed_in, monkeypatch):
    """The answer of a person's page whose use case fails on values that must not be logged."""
    from duecare.use_cases.people import view_person

    def fail(request, person, *_, **__):
        name, lived_at = NAME, ADDRESS
        try:
            {}[f"{name} lives at {lived_at}"]
        except KeyError as first:
            raise ValueError(f"{name}, born {BORN}: {person}") from first

    monkeypatch.setattr(view_person, "read_person", fail)
    client = signed_in("chief_officer", display_name="CANARY-OFFICER")
    client.raise_request_exception = False
    return lambda: client.get(f"/people/canary-person/?name={NAME}")


def test_an_unforeseen_error_is_logged_with_type_stack_and_request_id(log, broken_page):
    answer = broken_page()

    (line,) = [line for line in log.lines if line["event"] == "unforeseen error"]
    assert answer.status_code == 500
    assert line["type"] == "ValueError"
    assert line["stack"][-1].startswith("test_server_log.py:")
    assert any(place.startswith("duecare/web/people/views.py:") for place in line["stack"])
    assert line["causes"][0]["type"] == "KeyError"
    assert line["route"] == "person"
    assert line["level"] == "error"
    assert line["request_id"] == answer["X-Request-Id"]
    assert line["request_id"] in answer.content.decode()


def test_no_personal_value_reaches_the_log(log, broken_page):
    broken_page()

    assert log.lines
    assert log.canaries() == []


def test_the_check_sees_a_log_that_gives_the_message(log, broken_page, caplog):
    caplog.handler.setFormatter(logging.Formatter())
    with caplog.at_level(logging.ERROR, "django.request"):
        log.handler.setFormatter(logging.Formatter())

        broken_page()

    assert NAME in log.canaries()
    assert "canary-person" in log.canaries()


def test_an_error_logged_by_a_library_loses_its_words(log):
    try:
        int(NAME)
    except ValueError:
        logging.getLogger("made_up_library").exception("no record of %s", NAME)
        logging.getLogger("made_up_library").warning("looked for %s twice", NAME)

    error, warning = log.lines
    assert (error["event"], error["type"], error["logger"]) == ("error", "ValueError", "made_up_library")
    assert warning["event"] == "looked for %s twice"
    assert log.canaries() == []


def test_a_value_that_is_no_text_is_logged_as_its_type(log):
    from duecare.server_log import server_logger

    class Person:
        def __repr__(self):
            return NAME

    server_logger().warning("made up", person=Person())

    assert log.lines[0]["person"] == "<Person>"
    assert log.canaries() == []


def test_the_words_of_a_refusal_are_given():
    assert error_facts(Refusal("CFG-002", where="DUECARE_POLICY"))["refusal"].startswith("CFG-002")


def test_a_store_that_fails_is_logged_as_a_warning(log, signed_in, monkeypatch):
    from django.db import OperationalError

    from duecare.use_cases.people import view_person

    def fail(*_, **__):
        raise OperationalError(f"locked by {NAME}")

    monkeypatch.setattr(view_person, "read_person", fail)
    client = signed_in("chief_officer")
    client.raise_request_exception = False

    assert client.get("/people/canary-person/").status_code == 503
    (line,) = [line for line in log.lines if line["event"] == "store failed"]
    assert (line["level"], line["type"]) == ("warning", "django.db.utils.OperationalError")
    assert log.canaries() == []


def test_each_request_is_logged_by_its_route_and_not_its_address(log, signed_in):
    signed_in("chief_officer").get("/search/", {"text": NAME})

    (line,) = [line for line in log.lines if line["event"] == "request"]
    assert (line["method"], line["route"]) == ("GET", "search")
    assert isinstance(line["milliseconds"], int)
    assert log.canaries() == []


def test_two_requests_have_two_ids_and_none_is_taken_from_outside(client):
    first = client.get("/healthz", HTTP_X_REQUEST_ID="canary-person")
    second = client.get("/healthz")

    assert len({"canary-person", first["X-Request-Id"], second["X-Request-Id"]}) == 3


def test_statements_are_logged_without_their_values(log):
    from duecare.store.database import statement_log

    with connection.execute_wrapper(statement_log._log_statement), connection.cursor() as cursor:
        cursor.execute("select %s", [NAME])

    (line,) = [line for line in log.lines if line["event"] == "sql"]
    assert line["sql"] == "select %s"
    assert log.canaries() == []
