"""Whether two records are of one person is said, and taken back, by keyboard alone and without scripts."""

from __future__ import annotations

import pytest
from tests.journey.conftest import PHONE
from tests.journey.test_journeys import is_wider_than_the_screen, sign_in, violations
from tests.made import pages

pytestmark = pytest.mark.browser


def tab_to(page, text):
    """Press Tab until what has the focus says this."""
    for _ in range(120):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "[document.activeElement.textContent, (document.activeElement.labels || [])[0]?.textContent].join(' ')"
        )
        if text in said:
            return
    raise AssertionError(f"{text} is not reached by Tab")


def test_a_link_is_judged_from_the_persons_page_by_keyboard_alone(open_browser, screenshots):
    page = open_browser()
    sign_in(page, "Supervisor")
    page.goto(f"/people/{pages.PERSON}/")
    page.wait_for_load_state("load")

    tab_to(page, "Why these two records")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Evidence for and against").wait_for()
    page.wait_for_load_state("load")
    tab_to(page, "The same person")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Different people").is_checked()
    tab_to(page, "Why?")
    page.keyboard.type("The nurse knows both of them.")
    tab_to(page, "Record judgement")
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="What has changed").wait_for()
    page.screenshot(path=screenshots / "link-judged.png", full_page=True)
    assert violations(page) == []
    assert page.faults == []


@pytest.mark.long
def test_without_scripts_on_a_telephone_a_judgement_is_taken_back(open_browser):
    page = open_browser(PHONE, scripts=False)
    sign_in(page, "Detective inspector")
    page.goto(f"/people/{pages.PERSON}/")

    page.get_by_role("link", name="Why these two records").first.click()
    assert page.get_by_role("img", name="Evidence for one person goes to the right").is_visible()
    page.get_by_role("link", name="What would change if this were taken back").first.click()
    page.get_by_label("Why was it wrong?").fill("They are sisters.")
    page.get_by_role("button", name="Take it back").click()

    assert page.get_by_role("heading", name="Taken back").is_visible()
    assert page.get_by_text("Southfen Council").is_visible()


def test_the_pages_of_a_link_fit_a_telephone(open_browser):
    page = open_browser(PHONE)
    sign_in(page, "MASH decision-maker")

    for path in ("/links/custody:P1/merlin:MER%252F2016%252FP1/", "/links/undo/0000000000000001/"):
        page.goto(path)
        assert not is_wider_than_the_screen(page)
