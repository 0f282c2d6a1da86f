"""The page of who is accountable: the forms reach their steps, and what is wrong stands on top."""

import pytest
from tests.made import pages

from duecare.duty.accountable import Over
from duecare.use_cases.oversight import assign_accountable, sign_off_accountable, view_accountability
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.one_engine  # the steps behind it are tried on both


@pytest.fixture
def asked(monkeypatch):
    found = []
    monkeypatch.setattr(view_accountability, "read_accountable", lambda request, config: pages.accountable())
    monkeypatch.setattr(sign_off_accountable, "sign_off", lambda request, config, *given: found.append(given))
    monkeypatch.setattr(
        assign_accountable, "name_accountable", lambda request, *given, **more: found.append((*given, *more.values()))
    )
    return found


def test_signing_off_says_what_and_in_which_words(asked, signed_in):
    answer = signed_in("chief_officer").post(
        "/accountable/sign-off/", {"sign_off-what": "duty:PACE-s40-review", "sign_off-words": "Seen."}
    )

    assert (answer.status_code, asked) == (302, [(Over.DUTY, "PACE-s40-review", "Seen.")])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        pytest.param({"from_on": "soon"}, "Start date must be a real date", id="no day"),
        pytest.param({"over": "child"}, "Select a type", id="nothing anybody is accountable for"),
    ],
)
def test_a_form_that_cannot_be_read_says_so_and_keeps_what_was_typed(asked, signed_in, wrong, says):
    form = {
        "over": "area",
        "key": "Eastmoor",
        "post_kind": "bcu_lead",
        "post_area": "Eastmoor",
        "from_on": "2026-04-01",
    }
    answer = signed_in("chief_officer").post(
        "/accountable/assign/", {f"assign-{name}": value for name, value in {**form, **wrong}.items()}
    )

    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert 'value="Eastmoor"' in answer.content.decode()
    assert not asked


def test_a_refusal_of_the_step_stands_on_the_page(asked, signed_in, monkeypatch):
    def refuse(*given, **more):
        raise Refusal("DUT-031", where="area Eastmoor", found="another, or nobody, is accountable for it today")

    monkeypatch.setattr(sign_off_accountable, "sign_off", refuse)
    answer = signed_in("bcu_lead").post(
        "/accountable/sign-off/", {"sign_off-what": "area:Eastmoor", "sign_off-words": "Seen."}
    )

    assert answer.status_code == 400
    assert "another, or nobody, is accountable for it today" in answer.content.decode()


def test_what_is_vacant_stands_first_and_in_words(asked, signed_in):
    text = signed_in("mayors_office").get("/accountable/").content.decode()

    assert text.index("Nobody is accountable for 2 items") < text.index(">Boroughs<")
    assert "The person in the post is absent" in text
    assert "Northmoor &lt;West&gt;" in text
    assert "Assign the post" not in text


def test_what_is_vacant_and_then_what_is_late_most_often_stands_first(asked, signed_in):
    shown = signed_in("chief_officer").get("/accountable/").content.decode()

    assert "13 duties are late now" in shown
    assert shown.index("See the child</th>") < shown.index("Review the detention</th>")
    assert shown.index('href="#sign-off"') < shown.index('id="sign-off"')


def test_who_may_not_see_what_is_late_is_shown_no_sum_of_it(asked, signed_in):
    assert "late now." not in signed_in("mayors_office").get("/accountable/").content.decode()
