"""Given possible duplicates, when a clerk has only a keyboard, then each is judged, put off or taken back without leaving it."""

from __future__ import annotations

import pytest
from tests.journey.conftest import DESKTOP, PHONE, ZOOMED
from tests.journey.test_journeys import is_wider_than_the_screen, sign_in, violations
from tests.made.long_runs import mostly_long

pytestmark = pytest.mark.browser


def focused(page, name):
    return page.evaluate(f"document.activeElement.{name}")


def on_the_pair(page):
    sign_in(page, "MASH decision-maker")
    page.goto("/links/")
    page.wait_for_load_state("load")
    page.locator("#pair").focus()


@pytest.mark.parametrize("size", mostly_long([DESKTOP, PHONE], [DESKTOP]), ids=["desktop", "phone"])
def test_a_pair_is_judged_by_three_keys_and_the_next_has_the_focus(open_browser, screenshots, size):
    page = open_browser(size)
    on_the_pair(page)
    page.screenshot(path=screenshots / f"pair-{size[0]}.png", full_page=True)

    page.keyboard.press("2")
    assert focused(page, "id") == "verdict-2"
    page.keyboard.press("6")
    assert page.locator("#chosen-3").is_checked()
    assert violations(page) == []
    assert not is_wider_than_the_screen(page)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Recorded: the same person").wait_for()  # the made value, whatever was said
    page.wait_for_load_state("load")

    assert focused(page, "id") == "pair"
    assert violations(page) == []
    page.screenshot(path=screenshots / f"pair-recorded-{size[0]}.png", full_page=True)
    page.keyboard.press("0")
    page.get_by_text("You have left 1 pair for later.").wait_for()
    assert page.faults == []


def test_keys_do_nothing_where_something_is_typed_nor_outside_the_pair(open_browser):
    page = open_browser()
    on_the_pair(page)

    page.locator("#reason").focus()
    page.keyboard.type("1 0 3")
    page.get_by_role("link", name="Help").focus()
    page.keyboard.press("2")

    assert page.locator("#reason").input_value() == "1 0 3"
    assert page.locator("input[name=verdict]:checked").count() == 0
    assert page.url.endswith("/links/")


@pytest.mark.long
def test_without_scripts_a_pair_is_judged_by_its_form(open_browser):
    page = open_browser(PHONE, scripts=False)
    on_the_pair(page)

    page.get_by_label("The same person").check()
    page.get_by_label("I have read both files").check()
    page.get_by_role("button", name="Record and show the next pair").click()

    assert page.get_by_role("heading", name="Recorded: the same person").is_visible()


@pytest.mark.parametrize(
    "size", mostly_long([DESKTOP, PHONE, ZOOMED], [PHONE]), ids=["desktop", "phone", "desktop at 400 %"]
)
def test_a_clerk_answers_the_sample_by_two_keys_and_the_next_has_the_focus(open_browser, screenshots, size):
    page = open_browser(size)
    sign_in(page, "Supervisor")
    page.goto("/links/sample/")
    page.wait_for_load_state("load")
    assert violations(page) == []
    assert not is_wider_than_the_screen(page)
    page.screenshot(path=screenshots / f"sample-{size[0]}.png", full_page=True)

    page.locator("#pair").focus()
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/links/sample/?next=yes")
    page.wait_for_load_state("load")

    assert focused(page, "id") == "pair"
    assert page.faults == []


@pytest.mark.parametrize(
    "size", mostly_long([DESKTOP, PHONE, ZOOMED], [PHONE]), ids=["desktop", "phone", "desktop at 400 %"]
)
def test_how_sure_linkage_is_can_be_read_on_every_screen(open_browser, screenshots, size):
    page = open_browser(size)
    sign_in(page, "Mayor's office")
    page.goto("/linkage/")
    page.screenshot(path=screenshots / f"linkage-{size[0]}.png", full_page=True)

    assert page.get_by_role("heading", name="How accurate the links are").is_visible()
    assert violations(page) == []
    assert not is_wider_than_the_screen(page)
    assert page.faults == []
