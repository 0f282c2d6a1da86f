"""Somebody who has come to notice is looked for and recorded by keyboard alone, and on a telephone without scripts."""

from __future__ import annotations

import pytest
from tests.journey.conftest import DESKTOP, PHONE, ZOOMED
from tests.journey.test_journeys import is_wider_than_the_screen, sign_in, violations
from tests.journey.test_judging_a_link import tab_to
from tests.made import pages

pytestmark = pytest.mark.browser


def looked_at(page, screenshots, name):
    """Faults of this page at each width, with its picture."""
    found = {}
    for size in (DESKTOP, PHONE, ZOOMED):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.screenshot(path=screenshots / f"{name}-{size[0]}.png", full_page=True)
        found[size] = (violations(page), is_wider_than_the_screen(page))
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    return {size: wrong for size, wrong in found.items() if wrong != ([], False)}


def test_somebody_is_recorded_from_search_by_keyboard_alone(open_browser, screenshots):
    page = open_browser()
    sign_in(page, "MASH decision-maker")
    page.goto("/search/")
    page.wait_for_load_state("load")

    tab_to(page, "Name or other details")
    page.keyboard.type("Quillon Vardy")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Possible matches").wait_for()
    page.wait_for_load_state("load")
    tab_to(page, "Record somebody new")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Record somebody who has come to notice").wait_for()
    page.wait_for_load_state("load")
    assert looked_at(page, screenshots, "note-person") == {}
    tab_to(page, "Given names")
    page.keyboard.type("Quillon")
    tab_to(page, "Family name")
    page.keyboard.type("Vardy")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Are they already recorded?").wait_for()
    page.wait_for_load_state("load")
    assert looked_at(page, screenshots, "note-person-found") == {}
    tab_to(page, "Robert TALLOW")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    assert page.get_by_label("No, it is somebody else").is_checked()
    tab_to(page, "Why is it this person")
    page.keyboard.type("Another address, and younger.")
    tab_to(page, "What happened?")
    page.keyboard.type("A neighbour rang.")
    tab_to(page, "Record this person")
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Recorded").wait_for()
    assert looked_at(page, screenshots, "note-person-done") == {}
    assert page.faults == []


@pytest.mark.long
def test_without_scripts_on_a_telephone_an_unborn_child_and_then_the_birth_is_recorded(open_browser, screenshots):
    page = open_browser(PHONE, scripts=False)
    sign_in(page, "Detective inspector")
    page.goto(f"/people/new/?mother={pages.PERSON}")

    page.screenshot(path=screenshots / "note-unborn-phone.png", full_page=True)
    page.get_by_label("When is the child due?").fill("14 May 2027")
    page.get_by_role("button", name="Check for existing records").click()
    page.get_by_label("No, it is somebody else").check()
    page.screenshot(path=screenshots / "note-unborn-found-phone.png", full_page=True)
    page.get_by_role("button", name="Record this person").click()
    page.get_by_role("link", name="record the birth").click()
    page.screenshot(path=screenshots / "note-birth-phone.png", full_page=True)
    page.get_by_label("When was the child born?").fill("14/5/2027")
    page.get_by_label("Given names").fill("Ada")
    page.get_by_role("button", name="Record the birth").click()

    assert page.get_by_role("heading", name="Birth recorded").is_visible()
    assert page.faults == []
