"""The pages of figures: what each says, the lists that lead to cases, and how an answer for a difference is kept."""

from dataclasses import replace

import pytest
from tests.made import figure_pages

from duecare.use_cases.figures import explain_difference, list_members, view_figures
from duecare.vocabulary.refusals import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture(autouse=True)
def made(monkeypatch):
    monkeypatch.setattr(
        view_figures,
        "read_figures",
        lambda request, period: figure_pages.figures(opens_lists="chief_officer" in request.viewer.roles),
    )
    monkeypatch.setattr(
        view_figures, "read_figure", lambda request, config, figure, period: figure_pages.figure(figure)
    )
    monkeypatch.setattr(
        list_members,
        "open_figure",
        lambda request, figure_key, which, page_number: figure_pages.figure_list(chosen=which),
    )
    found = []
    monkeypatch.setattr(explain_difference, "explain_difference", lambda request, **given: found.append(given))
    return found


def test_every_number_leads_to_its_list_for_whoever_may_open_it(signed_in):
    text = signed_in("chief_officer").get("/figures/").content.decode()

    assert f"/figures/custody-bail-refused/list/{figure_pages.KEY}/?which=counted" in text
    assert "24 of 48" in text
    assert "which=cannot-tell" in text


def test_the_figures_of_lateness_have_their_title_alone_and_others_their_question(signed_in):
    chief = signed_in("chief_officer")
    text = chief.get("/figures/").content.decode()

    assert "Late: see the child</a>" in text
    assert "How often was this not done in time?" not in text
    assert "How many children were charged and refused bail?" in text
    page = chief.get(f"/figures/{figure_pages.SHARE}/").content.decode()
    assert "How often was this not done in time?" in page


def test_who_oversees_is_offered_no_list(signed_in):
    text = signed_in("mayors_office").get("/figures/").content.decode()

    assert "24 of 48" in text
    assert "/list/" not in text
    assert "Counts of children are shown as published in" in text
    assert 'href="/published/2026-q3/"' in text


def test_what_there_was_nothing_of_to_count_stands_apart(signed_in):
    text = signed_in("expert").get("/figures/").content.decode()

    assert text.index("with nothing to count") < text.index("late-wt-core-group")


def test_one_figure_says_what_it_counts_and_who_differs(signed_in):
    text = signed_in("chief_officer").get("/figures/return-interview-within-72-hours/").content.decode()

    assert "children whose independent return interview was held in time" in text
    assert "Borough command" in text
    assert "differs by more than chance" in text
    assert "Interviews are now asked for at once." in text
    assert '-1-words"' in text


def test_who_may_not_answer_is_offered_no_form(signed_in):
    text = signed_in("expert").get("/figures/return-interview-within-72-hours/").content.decode()

    assert "differs by more than chance" in text
    assert '-words"' not in text


def test_a_time_in_hours_says_so_and_compares_hours(signed_in):
    text = signed_in("chief_officer").get("/figures/seen-after/").content.decode()

    assert "hours" in text
    assert "Compared with similar cases" in text


def test_the_list_leads_to_the_cases_and_says_how_many_are_not_open_to_you(signed_in):
    text = signed_in("chief_officer").get(f"/figures/{figure_pages.SHARE}/list/{figure_pages.KEY}/").content.decode()

    assert 'href="/cases/merlin/M0/">Case <bdi>M0</bdi></a>' in text
    assert text.count('href="/people/p1/"><bdi>Ben Example, 9</bdi></a>') == 2
    assert "erson p1" not in text
    assert "3 more that you cannot open." in text
    assert "Next" in text


def test_a_list_of_another_figure_is_not_there(signed_in):
    answer = signed_in("chief_officer").get(f"/figures/seen-after/list/{figure_pages.KEY}/")

    assert answer.status_code == 404


@pytest.mark.parametrize("role", ["mayors_office", "expert", "statistician", "home_office", "investigator"])
def test_no_list_is_open_to_who_opens_no_list(signed_in, role, monkeypatch):
    def refuse(*given):
        raise Refusal("ACC-003")

    monkeypatch.setattr(list_members, "open_figure", refuse)

    assert signed_in(role).get(f"/figures/{figure_pages.SHARE}/list/{figure_pages.KEY}/").status_code == 403


FORM = {"snapshot": "7", "period": "2026-Q3", "dimension": "sex", "group": "male", "answer": "explained",
        "words": "So."}  # fmt: skip


def sent(form):
    return {"prefix": "sex-1", **{f"sex-1-{name}": value for name, value in form.items()}}


def test_an_answer_reaches_its_step_and_leads_back(signed_in, made):
    form = FORM
    answer = signed_in("chief_officer").post("/figures/return-interview-within-72-hours/explain/", sent(form))

    assert (answer.status_code, answer.url) == (
        302,
        "/figures/return-interview-within-72-hours/?period=2026-Q3#differences",
    )
    assert made == [
        {"snapshot": 7, "figure": "return-interview-within-72-hours", "dimension": "sex", "group": "male",
         "answer": "explained", "words": "So."}
    ]  # fmt: skip


def test_what_is_wrong_with_an_answer_stands_on_top(signed_in, monkeypatch):
    def refuse(asking, **given):
        assert given["snapshot"] == 0
        raise Refusal("REP-032", faults=("say it in words",))

    monkeypatch.setattr(explain_difference, "explain_difference", refuse)

    typed = {"snapshot": "", "dimension": "sex", "group": "male", "answer": "changes", "words": "So be it."}
    answer = signed_in("chief_officer").post("/figures/return-interview-within-72-hours/explain/", sent(typed))

    assert answer.status_code == 400
    assert "Say it in words" in answer.content.decode()
    assert answer.content.decode().count('<option value="changes" selected>') == 1
    assert answer.content.decode().count("So be it.") == 1


def test_another_refusal_is_shown_as_it_is(signed_in, monkeypatch):
    def refuse(asking, **given):
        raise Refusal("ACC-003")

    monkeypatch.setattr(explain_difference, "explain_difference", refuse)

    assert signed_in("expert").post("/figures/seen-after/explain/", sent(FORM)).status_code == 403


def test_without_any_snapshot_it_says_how_to_keep_one(signed_in, monkeypatch):
    monkeypatch.setattr(
        view_figures,
        "read_figures",
        lambda *_: view_figures.FiguresPage((), None, (), opens_lists=True, sees_everything=True),
    )

    assert "No figures have been saved yet" in signed_in("chief_officer").get("/figures/").content.decode()


def test_a_count_that_was_not_printed_stands_as_hidden_and_leads_to_no_list(signed_in, monkeypatch):
    page = figure_pages.figure("seen-after")
    told = replace(page.kept, as_published=True, not_printed=frozenset({"part", "unknown"}))
    made = replace(page, kept=told, cuts=(), through_time=(), fairness=(), sees_everything=False, release="2026-q3")
    monkeypatch.setattr(view_figures, "read_figure", lambda *_: made)

    text = signed_in("bcu_lead").get("/figures/seen-after/").content.decode()

    assert f"{told.value.whole:,} ·" in text
    assert f"of {told.value.whole:,}" not in text
    assert "not known: hidden" in text
    assert "See the list it counts" not in text
