"""The register's pages, over a store that is real: who is offered what, what a form does, what nobody is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.made.recommended import MET_2016, a_test_round, enrol_all
from tests.made.stores import Store, Stores, asking, stores

pytestmark = pytest.mark.one_engine  # the steps behind it are tried on both

__all__ = ["stores"]

ACCEPT = {"do": "accept", "test": "sample", "percent": "90", "by": "point", "fewest_files": "20", "round_kind": "inspection",
          "graded_by": "inspectorate", "areas": "", "words": "Training."}  # fmt: skip


@pytest.fixture
def store(stores: Stores) -> Iterator[Store]:
    store = stores.new()
    with store():
        from duecare.use_cases.recommendations.import_register import import_recommendations

        enrol_all()
        import_recommendations(asking(datetime.now(UTC).replace(microsecond=0)), MET_2016)
        yield store


def as_(who: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(who: str, number: str, **given: object):
    client = as_(who)
    deed = str(given.pop("do"))
    page = client.get(f"/recommendations/{number}/").content.decode()
    seen = page.split('-seen" value="')[1].split('"')[0]
    return client.post(address(number, deed), prefixed(deed, {"seen": seen, **given}))


def address(number: str, deed: str) -> str:
    return f"/recommendations/{number}/{ {'act': 'action', 'skip_round': 'skip-round'}.get(deed, deed) }/"


def prefixed(deed: str, given: dict[str, object]) -> dict[str, object]:
    """The fields as the form of this deed names them."""
    return {f"{deed}-{name}": value for name, value in given.items()}


def make(who: str = "lead-insp", **changes: str):
    given = {"number": "R1", "title": "See every child", "words": "Every child is seen.", "origin": "inspection",
             "urgency": "three_months", "kind": "recommendation", "addressed_to": "force", "published_on": "",
             "due_on": ""}  # fmt: skip
    return as_(who).post("/recommendations/", {**given, **changes})


def text(who: str, path: str = "/recommendations/R1/") -> str:
    answer = as_(who).get(path)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_the_register_shows_what_is_late_first(store):
    page = text("expert", "/recommendations/")

    assert page.index("Governance and oversight") < page.index("Investigation")
    assert "Red: late or failed" in page
    assert "Reported as in progress, no evidence" in page
    assert "Add to the register" in page
    assert "Add to the register" not in text("chief", "/recommendations/")


def test_an_immediate_one_of_2016_says_what_the_law_was_and_that_nothing_closes_it(store):
    page = text("mayor", "/recommendations/4104/")

    assert "Required, but no deadline given" in page
    assert "as it stood before 2 May 2017" in page
    assert "This cannot be closed until it passes a registered test" in page
    assert "“being progressed”" in page
    assert "(nobody in this post)" in page


def test_from_made_to_verified_by_its_own_forms(store):
    assert make().status_code == 302
    for who, given in (
        ("chief", {"do": "owner", "post": "chief_officer_lead", "area": "", "officer": "CO1"}),
        ("chief", ACCEPT),
        ("chief", {"do": "plan", "words": "The plan.", "url": "https://example.org/plan"}),
        ("mayor", {"do": "reply", "answer": "will_act", "words": "It will be seen to.", "url": ""}),
        ("chief", {"do": "act", "words": "Officers were trained."}),
        ("chief", {"do": "evidence", "kind": "document", "words": "The course.", "url": "", "named": "", "period": ""}),
        ("chief", {"do": "claim", "words": "Every child is seen now."}),
    ):
        answer = send(who, "R1", **given)
        assert answer.status_code == 302, answer.content.decode()
    assert "Claimed as done, not verified" in text("chief")
    assert "Carry out the registered test" not in text("chief")
    from duecare.store.oversight.recommendation_facts import facts_of

    hash_ = facts_of("R1")[2].text("test_hash")
    early = send("lead-insp", "R1", do="verify", test=hash_)
    assert early.status_code == 400
    assert "There is no new draw yet" in early.content.decode()
    a_test_round("first", datetime.now(UTC) + timedelta(hours=1), good=19, bad=1)

    assert send("lead-insp", "R1", do="verify", test=hash_).status_code == 302
    page = text("expert")
    assert "Passed: 95.0%" in page
    assert "Verified" in page
    assert "by round first" in page


def test_where_the_test_cannot_be_taken_the_page_says_so_and_not_that_nobody_tried(store):
    from duecare.store.oversight.recommendation_facts import facts_of

    assert make().status_code == 302
    owner = {"do": "owner", "post": "chief_officer_lead", "area": "", "officer": "CO1"}
    for given in (owner, ACCEPT, {"do": "claim", "words": "Done."}):
        assert send("chief", "R1", **given).status_code == 302
    assert "The test has not been carried out yet" in text("expert")
    a_test_round("first", datetime.now(UTC) + timedelta(hours=1), good=10, bad=1, ungraded=9)

    answer = send("lead-insp", "R1", do="verify", test=facts_of("R1")[2].text("test_hash"))

    assert answer.status_code == 400
    page = text("expert")
    assert "The test could not be carried out, so the claim is not proved" in page
    assert "The test has not been carried out yet" not in page


@pytest.mark.parametrize(
    ("who", "number", "given", "says"),
    [
        ("chief", "4104", {"do": "claim", "words": "x"}, "This step is not possible for the recommendation"),
        ("chief", "4104", {**ACCEPT, "percent": "much", "fewest_files": "few"}, "Enter a percentage from 1 to 100"),
        ("chief", "4104", {"do": "owner"}, "Enter a kind of post or an officer’s number"),
        ("chief", "4104", {"do": "plan", "words": "x", "seen": "1"}, "has changed since you opened it"),
        ("lead-insp", "4104", {"do": "supersede", "by": "NONE"}, "There is no recommendation with this number"),
        ("chief", "4104", {"do": "reply", "answer": "maybe", "words": ""}, "Select an answer"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_on_the_form_and_nothing_is_kept(store, who, number, given, says):
    from duecare.store.oversight.recommendation_facts import facts_of

    before = facts_of(number)
    answer = send(who, number, **given)

    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert facts_of(number) == before


def test_two_clicks_are_one(store):
    page = text("chief", "/recommendations/4104/")
    seen = page.split('-seen" value="')[1].split('"')[0]
    client = as_("chief")
    sent = prefixed("reply", {"answer": "will_act", "words": "Yes.", "url": "", "seen": seen})

    assert client.post(address("4104", "reply"), sent).status_code == 302
    assert client.post(address("4104", "reply"), sent).status_code == 400
    from duecare.store.oversight.recommendation_facts import facts_of

    assert sum(fact.deed == "replied" for fact in facts_of("4104")) == 1


def test_what_cannot_be_made_is_said_and_typed_words_stay(store):
    answer = make(number="R 1", due_on="2030-01-01")
    page = answer.content.decode()

    assert answer.status_code == 400
    assert "The number is not made of letters" in page
    assert "Every child is seen." in page
    assert "Date published must be a real date" in make(published_on="soon").content.decode()
    assert make(due_on="soon").status_code == 400
    assert make("chief").status_code == 403


def test_who_has_no_part_in_the_register_reads_none_of_it(store):
    from duecare.store import accounts

    accounts.enrol_account("inv", ["investigator"])
    assert as_("inv").get("/recommendations/").status_code == 403
    assert as_("inv").get("/recommendations/4104/").status_code == 403
    assert as_("chief").get("/recommendations/NONE/").status_code == 404


def test_the_public_reads_the_register_without_signing_in_and_no_figure_person_or_officer_in_it(store):
    from duecare.store.oversight.recommendation_facts import facts_of

    make()
    for who, given in (
        ("chief", {"do": "owner", "post": "chief_officer_lead", "area": "", "officer": "CO1"}),
        ("chief", ACCEPT),
        (
            "mayor",
            {"do": "reply", "answer": "will_act", "words": "It will be seen to.", "url": "https://example.org/r"},
        ),
        ("chief", {"do": "claim", "words": "Our own words of the claim."}),
    ):
        assert send(who, "R1", **given).status_code == 302
    a_test_round("first", datetime.now(UTC) + timedelta(hours=1), good=19, bad=1)
    assert send("lead-insp", "R1", do="verify", test=facts_of("R1")[2].text("test_hash")).status_code == 302
    answer = Client().get("/published/recommendations/")
    page = answer.content.decode()

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=60"
    assert "passed on" in page
    assert "Will act: " in page
    assert "It will be seen to." in page
    assert "Comments without days" not in page
    assert "In progress, according to another register. No evidence" in page
    for hidden in ("CO1", "chief<", "lead-insp", "Our own words", "95.0", "0.95", "round first", "<script"):
        assert hidden not in page, hidden


def test_what_is_chosen_on_the_form_is_the_test_that_is_registered(store):
    from duecare.store.oversight.recommendation_facts import facts_of

    make()
    send("chief", "R1", do="owner", post="chief_officer_lead", area="", officer="")
    chosen = {
        "case_kinds": ["missing", "online"],
        "areas": "Eastmoor\n\n Westering ",
        "since_claim": "yes",
        "by": "interval",
    }
    assert send("chief", "R1", **{**ACCEPT, **chosen}).status_code == 302
    test = facts_of("R1")[-1].said["test"]

    assert test["case_kinds"] == ["missing", "online"]
    assert test["areas"] == ["Eastmoor", "Westering"]
    assert (test["since_claim"], test["by"], test["files"], test["level"]) == (True, "interval", 20, 0.9)
    assert "opened since the recommendation was claimed as done" in text("chief")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"kind": "round", "named": "none"}, "No round of this name"),
        ({"kind": "figure", "named": "none", "period": "x"}, "No figure has this name"),
        ({"kind": "facts", "named": "cris:none other:none"}, "not yours to open"),
    ],
)
def test_evidence_that_there_is_not_is_said_on_the_form(store, given, says):
    make()
    send("chief", "R1", do="owner", post="chief_officer_lead", area="", officer="")
    send("chief", "R1", **ACCEPT)
    answer = send("chief", "R1", do="evidence", words="", url="", **given)

    assert answer.status_code == 400
    assert says in answer.content.decode()


def test_a_figure_is_registered_from_the_form_and_its_page_is_a_link_for_those_who_may(store):
    from duecare.store import accounts
    from duecare.store.oversight.recommendation_facts import facts_of

    make()
    send("chief", "R1", do="owner", post="chief_officer_lead", area="", officer="")
    figure = {
        "test": "figure",
        "figure": "visits-overdue",
        "way": "at_most",
        "period": "month",
        "figure_level": "10",
        "fewest_files": "",
    }
    assert send("chief", "R1", **{**ACCEPT, **figure}).status_code == 302
    test = facts_of("R1")[-1].said["test"]

    assert (test["figure"], test["at_least"], test["period"]) == ("visits-overdue", False, "month")
    shown = {"do": "evidence", "kind": "figure", "named": "visits-overdue", "period": "2026-Q3", "words": "", "url": ""}
    assert send("chief", "R1", **shown).status_code == 302
    assert text("chief").count('href="/figures/visits-overdue/') == 2
    assert 'href="/figures/visits-overdue/?period=2026-Q3"' in text("chief")
    accounts.enrol_account("home", ["home_office"])
    assert "/figures/visits-overdue/" not in text("home")
