"""Given a made-up person at a screen, when they do their work, then they can; and nothing shuts anyone out."""

import base64
import hmac
import os
import time

import pytest
from tests.journey.conftest import DESKTOP, PHONE, ZOOMED, offered, served
from tests.journey.made_site import PASSWORD
from tests.made import pages
from tests.made.long_runs import mostly_long

from duecare.access.roles import ROLES

pytestmark = pytest.mark.browser

KEEPS_PICTURES = "DUECARE_TEST_SCREENSHOTS" in os.environ  # of every page, where somebody says where to keep them
PLACES = {
    "front": "/",
    "worklist": "/worklist/",
    "person": f"/people/{pages.PERSON}/",
    "pairs": "/links/",
    "linkage-sample": "/links/sample/",
    "linkage": "/linkage/",
    "link": "/links/custody:P1/merlin:MER%252F2016%252FP1/",
    "link-undo": "/links/undo/0000000000000001/",
    "case": "/cases/merlin/MER-1/",
    "case-then": "/cases/merlin/MER-1/?as_of=2016-03-18T09:00&known_at=2016-03-18T09:00",
    "changed": "/changed/merlin/MER-1/",
    "findings": "/findings/",
    "findings-then": "/findings/?suggested=yes&as_of=2016-03-18T09:00",
    "worklist-then": "/worklist/?as_of=2016-03-18T09:00",
    "what-if": "/what-if/",
    "what-if-form": "/what-if/?duty=LOCAL-see-the-child",
    "what-if-tried": "/what-if/?duty=LOCAL-allocate-investigator&try=yes&hours-child=12&hours-otherwise=72",
    "what-if-fault": "/what-if/?duty=LOCAL-allocate-investigator&try=yes&hours-child=soon&hours-otherwise=72",
    "moment-fault": "/worklist/?as_of-day=31&as_of-month=2&as_of-year=2016&known=other",
    "changed-fault": "/changed/merlin/MER-1/?from-day=31&from-month=2&from-year=2016",
    "search": "/search/",
    "custody": "/custody/",
    "visits": "/visits/?risk=high&column=overdue",
    "deliveries": "/deliveries/",
    "delivery": "/deliveries/3/",
    "referrals": "/referrals/",
    "referral": "/referrals/merlin/MER/referred/",
    "referral-to-act": "/referrals/merlin/MER/acknowledged/",
    "referral-to-revisit": "/referrals/merlin/MER/actioned/",
    "referral-open-again": "/referrals/merlin/MER/reopened/",
    "refer-back": "/refer-back/spring-2016/merlin/MER/2016/0001/",
    "review": "/review/spring-2016/merlin/MER/2016/0001/",
    "errors-found": "/errors-found/merlin/MER/2016/0001/",
    "accountable": "/accountable/",
    "figures": "/figures/",
    "figure": "/figures/return-interview-within-72-hours/",
    "figure-list": "/figures/return-interview-within-72-hours/list/0123456789abcdef/",
    "boroughs": "/oversight/",
    "boroughs-hours": "/oversight/?figure=seen-after",
    "recommendations": "/recommendations/",
    "recommendation-made": "/recommendations/MADE-1/",
    "recommendation-claimed": "/recommendations/DONE-1/",
    "recommendation-verified": "/recommendations/PASS-1/",
    "recommendation-open-again": "/recommendations/OPEN-1/",
    "recommendation-not-proved": "/recommendations/SHUT-1/",
    "meetings": "/meetings/",
    "meeting": "/meetings/9/",
    "meeting-pack": "/meetings/9/pack/",
    "rounds": "/rounds/",
    "round-planned-next": "/rounds/plan/",
    "round-numbers-next": "/rounds/numbers/",
    "round-drawn": "/rounds/drawn/",
    "round-ended": "/rounds/ended/",
    "agreements": "/agreement/",
    "agreement": "/rounds/drawn/agreement/",
    "agreement-blind": "/rounds/blind/agreement/",
    "agreement-totals": "/rounds/2016/agreement/",
    "reconcile": "/rounds/drawn/reconcile/",
    "settle": "/rounds/drawn/reconcile/merlin/MER/2016/0001/",
    "settled": "/rounds/drawn/reconcile/merlin/MER/2016/0002/",
    "report": "/rounds/drawn/report/",
    "published": "/published/",
    "published-corrected": "/published/out/",
    "published-correction": "/published/corrects/",
    "published-real-rounds": "/published/real-rounds/",
    "published-recommendations": "/published/recommendations/",
    "releases": "/releases/",
    "release-to-check": "/releases/waiting/",
    "release-to-answer": "/releases/refused/",
    "release-checked": "/releases/checked/",
    "release-out": "/releases/out/",
    "release-draft": "/releases/draft/?slug=2026-q3&period=2026-Q3",
    "totals": "/totals/",
    "system": "/system/",
    "help": "/help/",
    "accessibility": "/accessibility/",
    "not-found": "/no/such/page/",
    "unreadable": "/custody/?show=x",
    "two-step": "/account/two-step/",
    "sign-out": "/account/sign-out/",
}
PARTS = 6
SEEN_EACH_TIME = [role for role in ROLES if role.name in {"investigator", "inspector", "public"}]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def sign_in(page, name):
    page.goto("/account/sign-in/")
    page.get_by_role("button", name=f"Sign in as {name} MADEUP", exact=True).click()


def violations(page):
    """What the accessibility rules find wrong. The rules are given to a page once; only what is wrong is handed over."""
    from axe_playwright_python.base import AXE_SCRIPT

    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "options => axe.run(options).then(all => all.violations.map(one => [one.id, one.nodes[0].html.slice(0, 160)]))",
        # Every rule is tried; only of what is wrong are all the details told, which takes most of the time.
        {"runOnly": RULES, "resultTypes": ["violations"], "selectors": False},
    )
    return [tuple(one) for one in found]


def is_wider_than_the_screen(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("part", mostly_long(range(PARTS), [0]))
def test_every_page_passes_the_accessibility_checks(open_browser, screenshots, part, is_whole_run):
    """Each page at three widths, loaded once; in parts, so that several workers share them.

    Shape:   with each change every sixth page, by the rules at the width of a desktop; in the whole run all of it.
    """
    page = open_browser(DESKTOP)
    faults = {}

    def look(name, path):
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        page.goto(path)
        for size in (DESKTOP, PHONE, ZOOMED):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            if KEEPS_PICTURES:
                page.screenshot(path=screenshots / f"{name}-{size[0]}.png", full_page=True)
            found = violations(page) if is_whole_run or size == DESKTOP else []
            faults[name, size] = (found, is_wider_than_the_screen(page))

    if not part:
        look("welcome", "/")
        look("sign-in", "/account/sign-in/")
    sign_in(page, "Everything")
    for name, path in list(PLACES.items())[part::PARTS]:
        look(name, path)

    assert {name: found for name, found in faults.items() if found != ([], False)} == {}
    assert [fault for fault in page.faults if "404" not in fault and "400" not in fault and "403" not in fault] == []


def test_the_accessibility_check_sees_a_missing_label(open_browser):
    page = open_browser()
    page.goto("/account/sign-in/")
    page.evaluate("document.querySelector('label[for=id_login]').remove()")

    assert "label" in {rule for rule, _ in violations(page)}


@pytest.mark.parametrize("role", mostly_long(ROLES, SEEN_EACH_TIME), ids=lambda role: role.name)
def test_each_role_signs_in_and_opens_every_page_it_is_offered(open_browser, role, is_long_run):
    page = open_browser()
    sign_in(page, role.display)

    for path in offered(page):
        assert page.goto(path).status == 200, path
        assert page.get_by_text(f"Signed in as {role.display} MADEUP").is_visible()
        if is_long_run:
            assert violations(page) == [], path
    assert page.faults == []


def test_from_the_worklist_to_the_evidence_by_keyboard_alone(open_browser):
    page = open_browser()
    sign_in(page, "Supervisor")
    page.get_by_role("heading", name="Worklist").wait_for()
    page.wait_for_load_state("load")  # a key pressed while the page is still coming is lost

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    page.keyboard.press("Enter")
    _tab_to(page, "MER/2016/0001")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/merlin/**")
    _tab_to(page, "How we worked this out")
    page.keyboard.press("Enter")

    assert page.get_by_text("24 hours are allowed.").first.is_visible()


def test_without_scripts_the_work_can_be_done(open_browser):
    page = open_browser(PHONE, scripts=False)
    sign_in(page, "Supervisor")

    page.get_by_label("Area").select_option("Southfen")
    page.get_by_role("button", name="Show").click()
    assert "area=Southfen" in page.url
    page.get_by_role("link", name="Children in custody").click()
    assert page.get_by_role("heading", name="Children in custody now").is_visible()
    page.get_by_role("button", name="Sign out").click()
    assert page.get_by_role("link", name="Sign in").first.is_visible()


@pytest.mark.long
def test_without_the_style_sheet_the_pages_work_and_say_why_they_are_plain(open_browser, tmp_path, screenshots):
    with served(tmp_path / "plain", "plain") as address:
        page = open_browser(at=address)
        page.goto("/account/sign-in/")
        assert page.get_by_text("This page has no styling because its style files have not been built").is_visible()

        sign_in(page, "Supervisor")
        page.screenshot(path=screenshots / "plain.png", full_page=True)

        assert page.get_by_text("This page has no styling because its style files have not been built").is_visible()
        assert page.get_by_role("link", name="MER/2016/0001").first.is_visible()
        assert page.locator("link[rel=stylesheet], script").count() == 0


def test_a_wrong_password_is_shown_beside_the_field_and_to_assistive_technology(open_browser):
    page = open_browser()
    page.goto("/account/sign-in/")
    page.get_by_label("Username").fill("supervisor")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()

    assert page.get_by_role("heading", name="There is a problem").is_visible()
    assert violations(page) == []


def test_two_step_sign_in_can_be_turned_on_and_is_then_asked_for(open_browser):
    page = open_browser()

    def sign_in_by_password():
        page.goto("/account/sign-in/")
        page.get_by_label("Username").fill("bcu_lead")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()

    sign_in_by_password()
    page.goto("/account/two-step/on/")
    if page.get_by_label("Password").count():
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button").last.click()
    secret = page.locator("strong.duecare-break").inner_text()
    assert violations(page) == []
    page.get_by_role("textbox").fill(code(secret))
    page.get_by_role("button", name="Turn on").click()
    page.goto("/account/sign-out/")
    page.locator("main").get_by_role("button", name="Sign out").click()

    sign_in_by_password()

    assert "/account/two-step/code/" in page.url
    page.goto("/worklist/")
    assert "/account/two-step/code/" in page.url
    assert violations(page) == []


def code(secret):
    """The six figures that an authenticator app shows now (RFC 6238: SHA-1, 30 seconds)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.digest(key, int(time.time() // 30).to_bytes(8), "sha1")
    place = mac[-1] & 15
    return f"{(int.from_bytes(mac[place : place + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def _tab_to(page, words, at_most=60):
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.textContent"):
            return
    raise AssertionError(f"no way by keyboard to: {words}")
