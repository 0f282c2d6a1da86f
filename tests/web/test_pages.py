"""Each page says, in plain words, what the step handed over."""

import html
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.made import pages, referral_pages

from duecare.use_cases.casework import view_case, view_custody_board, view_worklist
from duecare.use_cases.people import view_person
from duecare.use_cases.referrals import list_referrals
from duecare.use_cases.referrals.list_referrals import CameBack
from duecare.visibility.page_types import LineNames
from duecare.web.casework.presenters.worklist import danger_words
from duecare.worklist.item import Danger, DangerKind, Item, Step

pytestmark = pytest.mark.django_db

PERSON = f"/people/{pages.PERSON}/"
CASE = "/cases/merlin/MER/2016/0001/"
PAGES = (
    "/",
    "/worklist/",
    PERSON,
    CASE,
    "/findings/",
    "/changed/merlin/MER/2016/0001/",
    "/custody/",
    "/visits/",
    "/visits/?risk=high&column=overdue",
    "/deliveries/",
    "/deliveries/3/",
    "/rounds/",
    "/rounds/plan/",
    "/rounds/numbers/",
    "/rounds/drawn/",
    "/rounds/ended/",
    "/recommendations/",
    "/recommendations/OPEN-1/",
    "/recommendations/SHUT-1/",
    "/totals/",
    "/system/",
    "/help/",
    "/accessibility/",
)


@pytest.fixture
def chief(signed_in, made_steps) -> Client:
    return signed_in("chief_officer", "data_officer", display_name="Chief MADEUP")


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_shown_from_made_values(chief, path):
    page = text(chief, path)

    assert "<h1" in page
    assert "<main" in page
    assert "Undefined" not in page


@pytest.mark.parametrize(("days", "is_said"), [(6, False), (8, True)])
def test_after_seven_days_without_news_a_line_says_that_nothing_ends_its_danger(days, is_said):
    reported = datetime(2026, 11, 1, 9, tzinfo=UTC)
    item = Item(
        case=None, person="P", case_kind="", area="", team="", officer="", step=Step.DANGER_NOW, is_unallocated=False,
        danger=Danger(DangerKind.SUSPECT_CONTACT, reported), findings=(),
    )  # fmt: skip

    words = danger_words(item, reported + timedelta(days=days))

    assert f"reported {days} days ago" in words
    assert words.endswith(". Nothing recorded since ends it") is is_said


def test_the_worklist_says_what_is_late_who_has_it_and_why_it_stands_there(chief):
    page = text(chief, "/worklist/")

    assert (
        page.index("Danger reported as happening now")
        < page.index("Limits set by statute")
        < page.index("Required by guidance")
    )
    assert "The suspect is reported to be in contact with the child: reported 30 hours ago" in page
    assert "Late by 8 days" in page
    assert "Due in 40 minutes" in page
    assert "Nobody is allocated" in page
    assert "Cannot tell" in page
    assert "the age is not known" in page
    assert "Unallocated (17)" in page


def links_in(page: str) -> dict[str, str]:
    """The words of each link of a page, by its address."""
    found = re.findall(r'<a class="govuk-link" href="([^"#]+)[^"]*">(.*?)</a>', page)
    return {address: re.sub(r"<[^>]+>", "", words) for address, words in found}


def test_a_line_of_the_worklist_names_its_case_and_the_child_in_it_with_the_age(chief):
    page = text(chief, "/worklist/")

    assert links_in(page)[CASE] == "Case MER/2016/0001"
    assert links_in(page)[PERSON] == "Ada Example, 11"
    assert page.index("Case <bdi>MER/2016/0001") < page.index("Ada Example, 11")
    assert f"Person {pages.PERSON}" not in page


def test_a_line_of_somebody_whose_name_is_not_shown_says_so_and_shows_no_hash(chief, monkeypatch):
    unnamed = replace(pages.worklist(), names=LineNames())
    monkeypatch.setattr(view_worklist, "read_worklist", lambda *_, **__: unnamed)

    page = text(chief, "/worklist/")

    assert links_in(page)[PERSON] == "Person whose name is not shown to you"
    assert "Example, 11" not in page


def test_a_case_is_called_a_case_on_the_custody_board_and_the_list_of_cases_sent_back(chief):
    assert links_in(text(chief, "/custody/"))["/cases/custody/CU1/"] == "Case CU1"
    page = text(chief, "/referrals/")
    assert links_in(page)["/referrals/merlin/MER/2016/0001/"] == "Case MER/2016/0001"
    assert links_in(page)["/errors-found/merlin/MER/2016/0001/"] == "Case MER/2016/0001"
    assert links_in(page)[PERSON] == "Ada Example, 11"


def test_a_case_sent_back_that_is_not_open_to_the_viewer_leads_to_nobody(chief, monkeypatch):
    closed = CameBack((replace(referral_pages.referral(), is_open=False),), (), pages.NAMES)
    monkeypatch.setattr(list_referrals, "read_came_back", lambda *_: closed)

    page = text(chief, "/referrals/")

    assert PERSON not in links_in(page)
    assert "Ada MADEUP" in page


def test_the_worklist_passes_its_filters_to_the_step(chief, made_steps):
    text(chief, "/worklist/?unallocated=yes&area=Northmoor&page=2")

    assert made_steps[-1][2] == {"unallocated": True, "force_area": "Northmoor", "page_number": 2}


def test_the_person_page_puts_warnings_first(chief):
    page = text(chief, PERSON)

    assert page.index("Warning: child protection plan") < page.index("What is owed") < page.index("Timeline")
    assert "since 1 February 2016 at 9am" in page


def test_every_state_is_shown_in_words_with_its_reason(chief):
    page = text(chief, PERSON)

    for words in (
        "Late by 8 days and not done.",
        "Met on 2 March 2016 at 8am, on time.",
        "Met 16 days late, on 18 March 2016 at 9am.",
        "Open: due in 40 minutes.",
        "Excused: postponed: the detainee was asleep.",
        "Does not apply: the person was 18.",
        "Cannot tell: the age is not known.",
        "Never done: it ended on 5 March 2016 at 9am, 3 days after the time limit.",
        "Recorded on 18 March 2016 at 9am, after the time limit.",
        "suggested but not adopted, so missing it is not a breach",
    ):
        assert words in page


def test_the_timeline_shows_the_three_times_and_where_each_came_from(chief):
    page = text(chief, PERSON)

    assert "1 March 2016 at 9am" in page
    assert "Recorded in Merlin 1 March 2016 at 10am · received by Duecare 2 March 2016 at 2:30am" in page
    assert "delivery 1, events.csv, row 7" in page


def test_a_time_known_only_to_the_day_is_never_shown_as_midnight(chief):
    assert "1 March 2016, time not known" in text(chief, PERSON)


def test_what_another_unit_holds_shows_no_detail(chief, monkeypatch):
    hidden = pages.TimelineRow(pages.event(kind="visit", source="visor", text="CANARY"), (), pages.NOW, 2, "v", 3, True)
    monkeypatch.setattr(view_person, "read_person", lambda *_, **__: pages.person(timeline=(hidden,)))

    page = text(chief, PERSON)

    assert "Managed offender: call the unit that manages them" in page
    assert "CANARY" not in page
    assert "Risk grade" not in page


def test_a_protected_address_is_not_shown(chief, monkeypatch):
    record = pages.record(protected_address=True, address="9 Hidden Lane", postcode="ZZ9 9ZZ")
    monkeypatch.setattr(view_person, "read_person", lambda *_, **__: pages.person(records=(record,)))

    page = text(chief, PERSON)

    assert "Protected: not shown" in page
    assert "Hidden Lane" not in page
    assert "ZZ9 9ZZ" not in page


@pytest.mark.parametrize("path", [PERSON, CASE])
def test_no_page_of_a_child_calls_anyone_an_offender(chief, path):
    page = text(chief, path).replace("Managed offender: call the unit that manages them", "")

    assert "offender" not in page.lower()


def test_a_case_nobody_has_says_so(chief):
    page = text(chief, CASE)

    assert "Nobody is allocated" in page
    assert "The suspect is reported to be in contact with the child" in page


def test_moments_asked_for_reach_the_step_as_london_time(chief, made_steps):
    text(chief, CASE + "?as_of=2016-07-01T09:00&known_at=2016-03-18")

    named = made_steps[-1][2]
    assert named["as_of"].isoformat() == "2016-07-01T08:00:00+00:00"
    assert named["known_at"].isoformat() == "2016-03-18T23:59:59+00:00"


@pytest.mark.parametrize("wrong", ["?as_of=yesterday", "?known_at=2016-02-31"])
def test_a_moment_that_is_no_moment_is_refused_before_anything_is_read(chief, made_steps, wrong):
    answer = chief.get(CASE + wrong)

    assert answer.status_code == 400
    assert made_steps == []


def test_a_case_reference_with_awkward_signs_reaches_the_step_whole(chief, made_steps, monkeypatch):
    from duecare.web.jinja import page_address

    ref = "A/B ?#%&é"

    chief.get(page_address("case", "merlin", ref))

    assert made_steps[-1][1][1:] == ("merlin", ref)


def test_a_stale_source_is_said_and_an_empty_list_does_not_claim_that_there_is_nothing(chief, monkeypatch):
    stale = pages.worklist(is_stale=True, items=())
    monkeypatch.setattr(view_worklist, "read_worklist", lambda *_, **__: stale)

    page = text(chief, "/worklist/")

    assert "Merlin: out of date. Last extracted 30 hours ago" in page
    assert "Because a source is out of date, there may still be something." in page
    assert "no record found" not in page.lower()
    assert "Nothing is due or late here" not in page
    assert "Children in Need census: updated once a year. Last received" in page


def test_an_empty_list_from_fresh_sources_says_that_nothing_is_owed(chief, monkeypatch):
    monkeypatch.setattr(view_worklist, "read_worklist", lambda *_, **__: pages.worklist(items=()))

    assert "Nothing is due or late here" in text(chief, "/worklist/")


def test_the_custody_board_says_now_only_while_its_source_is_fresh(chief, monkeypatch):
    assert "Children in custody now" in text(chief, "/custody/")

    monkeypatch.setattr(view_custody_board, "read_custody", lambda *_, **__: pages.custody(is_fresh=False))

    page = text(chief, "/custody/")
    assert "Children in custody now" not in page
    assert "cannot say who is in custody now" in page


def test_the_custody_board_says_by_which_definition_a_night_is_counted(chief, monkeypatch):
    board = replace(pages.custody(), overnight_by="4 hours or more between 00:00 and 08:00", overnight_version="a1b2")
    unsure = replace(board, lines=(replace(board.lines[0], overnight=None),))
    monkeypatch.setattr(view_custody_board, "read_custody", lambda *_, **__: unsure)

    page = text(chief, "/custody/")

    assert (
        "Overnight means 4 hours or more between 00:00 and 08:00. This is the force’s working definition, version a1b2"
        in page
    )
    assert "Not known" in page.split("<dt>Overnight</dt>")[1].split("</dd>")[0]


def test_every_number_on_the_boards_is_a_link_to_what_it_counts(chief, made_steps):
    page = text(chief, "/visits/")
    assert page.count("/visits/?risk=") == 25

    text(chief, "/visits/?risk=high&column=overdue")
    assert made_steps[-1][2] == {"risk_level": "high", "column": "overdue"}
    text(chief, "/custody/?show=in_cell")
    assert made_steps[-1][2] == {"chosen": "in_cell", "as_of": None, "known_at": None}


@pytest.mark.parametrize("path", ["/visits/?risk=high", "/visits/?risk=x&column=due", "/custody/?show=everyone"])
def test_a_count_that_does_not_exist_is_refused(chief, made_steps, path):
    answer = chief.get(path)

    assert answer.status_code == 400
    assert made_steps == []


def test_a_delivery_accounts_for_every_row_and_says_how_to_correct_rows_set_aside(chief):
    page = text(chief, "/deliveries/3/")

    assert "no such day in the calendar" in page
    assert "give the day as YYYY-MM-DD" in page
    assert "Download the rows set aside from events.csv" in page


def test_rows_set_aside_come_as_a_file_and_only_by_a_form(chief):
    assert chief.get("/deliveries/3/set-aside/events.csv").status_code == 405

    answer = chief.post("/deliveries/3/set-aside/a%22b%3BX: y/events.csv")

    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="events.csv"'
    assert answer.content == b'"event_id"\r\n"E9"\r\n'


def test_published_totals_of_which_some_grades_are_known_show_those_and_no_other(chief, monkeypatch):
    from duecare.audit import read_totals, total_pairs
    from duecare.use_cases.audit import import_totals

    about = {"force": "Northmoor", "round": "2026", "n": "10"}
    rows = [
        {"set_id": "SOME", "grader": "inspectorate", "inadequate": "3", **about},
        {"set_id": "X-PAIRED-I", "grader": "inspectorate", "meets_standard": "2", **about},
        {"set_id": "X-PAIRED-F", "grader": "force", "good": "4", "adequate": "3", **about},
    ]
    read = read_totals(rows)
    monkeypatch.setattr(import_totals, "audit_totals", lambda request: total_pairs(read.accepted))

    page = " ".join(re.sub(r"<[^>]+>", " ", text(chief, "/totals/")).split())

    assert read.set_aside == ()
    assert "Inadequate 3 Other grades Not known" in page
    assert "Met the standard 2 (20.0%)" in page
    assert "Below the standard Not known" in page
    assert "Unknown" not in page


def test_published_totals_say_what_they_support_and_what_is_refused(chief):
    page = text(chief, "/totals/")

    for words in ("At least 73 (or 74, if 106) of 132 files", "278 (74.3%)", "38 (10.2%)", "39 of 40 (97.5%)"):
        assert words in page
    assert "kappa and its interval cannot be worked out from totals alone" in page


def test_a_step_that_finds_no_case_gives_the_same_page_as_one_that_is_not_yours(chief, monkeypatch):
    from duecare.vocabulary.refusals import Refusal

    def refuse(*_, **__):
        raise Refusal("ACC-001", where="case merlin MER/2016/0001", found="not allocated to them")

    monkeypatch.setattr(view_case, "read_case", refuse)
    answer = chief.get(CASE)

    assert answer.status_code == 404
    assert "MER/2016" not in answer.content.decode()


def test_what_reads_the_same_for_several_children_is_said_once_with_how_many(chief, monkeypatch):
    unknown = pages.every_state()[6]
    line = pages.item(findings=(unknown, unknown, unknown))
    monkeypatch.setattr(view_worklist, "read_worklist", lambda *_, **__: pages.worklist(items=(line,)))

    page = text(chief, "/worklist/")

    assert page.count("the age is not known") == 1
    assert "3 times" in page


def test_the_person_and_case_pages_say_which_sources_are_stale(chief, monkeypatch):
    stale = pages.fresh(is_stale=True)
    monkeypatch.setattr(view_person, "read_person", lambda *_, **__: pages.person(fresh=stale))
    monkeypatch.setattr(view_case, "read_case", lambda *_, **__: pages.case(fresh=stale))

    assert "Some sources are out of date" in text(chief, PERSON)
    assert "Some sources are out of date" in text(chief, CASE)


def test_a_child_on_the_register_is_not_called_an_offender_by_the_rulebook_either(chief, monkeypatch):
    from duecare.assessment.explain_finding import explained
    from duecare.rulebook.force_policy import Policy

    one = explained(pages.finding(duty="NPCC-rso-visit", ref="RO8", owed_by="offender_manager"), Policy())
    monkeypatch.setattr(view_person, "read_person", lambda *_, **__: pages.person(findings=(one,), timeline=()))

    page = text(chief, PERSON)

    assert "A person on the register is seen at home" in page
    # The title of the guidance itself, which is quoted as the source, stays as it was published.
    assert "offender" not in html.unescape(page).replace(one.source, "").lower()


def test_the_front_page_says_which_duties_no_source_shows(chief):
    page = text(chief, "/")

    assert pages.SAYS not in page, "a few words do"
    review = page.index("Review the detention")
    assert "No source reports this" not in page[:review]
    assert "No source reports this" in page[review:]
    assert "It may have been done but not reported to Duecare." in page


def test_a_role_without_people_is_offered_what_it_may_open_and_an_account_without_a_role_is_shown_so(signed_in):
    lead, none = text(signed_in("policy_lead"), "/"), text(signed_in(), "/")

    opens = lead.split("Pages for your role")[1]
    assert 'href="/what-if/">Try a standard' in opens
    assert 'href="/totals/">Published totals' in opens
    assert "Your account has no role" in none


def test_what_the_system_will_not_do_reads_the_same_on_the_site_and_in_the_readme(chief):
    from tests.house import tree

    said = (tree.ROOT / "README.md").read_text("utf-8").split("Duecare will not")[1]
    refused = [line[2:].rstrip(";.") for line in said.split("\n\n")[1].splitlines()]

    shown = text(chief, "/system/")

    assert len(refused) == 9
    assert [line for line in refused if f"<li>{line}</li>" not in shown] == []
