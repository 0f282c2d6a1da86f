"""The quarterly report: every part in its place, nothing small of children, what is not known beside each number."""

from __future__ import annotations

import html
import re
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made.quarters import POLICY, clearance, facts, made_values

from duecare.figure.figure_definition import About
from duecare.report.quarterly.quarterly_annexes import Revisits
from duecare.report.quarterly.quarterly_counts import months_of
from duecare.report.quarterly.quarterly_report import quarterly_report
from duecare.report.quarterly.quarterly_wording import spoken_period
from duecare.report.release.printed_marks import HIDDEN
from duecare.report.release.release_clearance import cleared
from duecare.report.release.released_paper import as_paper
from duecare.report.render.html import as_html
from duecare.report.render.pdf import as_pdf


@pytest.fixture(scope="module")
def released():
    return clearance().released


def sentences(released):
    return " ".join(one for section in released.sections for one in section.sentences)


def test_every_part_that_the_issue_asks_for_is_there(released):
    assert [section.heading for section in released.sections] == [
        "What was inspected", "Main points", "Children in custody", "Grades", "Time to be seen", "Visits",
        "Duties that were late", "Grades and the gap, round by round", "Recommendations", "Cases revisited",
        "Who is accountable", "Fairness", "What is hidden, and why", "How it was counted", "How good the sources are",
        "What we do not know", "Longer tables",
    ]  # fmt: skip


def test_373_of_374_are_printed_with_the_correction_of_what_was_printed_before(released):
    said = sentences(released)

    assert "Of these, 373 of 374 are still clear." in said
    assert "This corrects the release 2026-q2, which gave 374 of 374" in said
    assert "corrects" not in sentences(clearance(revisits=()).released)


def test_no_small_count_of_children_is_printed_anywhere(released):
    draft = quarterly_report(facts(), "2026-q3")
    small = {
        one.measure for one in draft.counts().values() if one.about is About.CHILDREN and one.value in {1, 2, 3, 4}
    }
    assert small

    drafted = {table.id: table.rows for table in draft.tables()}
    for table in released.tables():
        for row, given_row in zip(table.rows, drafted[table.id], strict=True):
            for cell, given_cell in zip(row, given_row, strict=True):
                if getattr(given_cell, "about", None) is About.CHILDREN and given_cell.value in {1, 2, 3, 4}:
                    assert cell.mark == HIDDEN


def test_how_many_were_hidden_is_shown_in_one_number(released):
    assert re.search(r"Of \d+ counts of children in this report \d+ are hidden \(\d+\.\d%\)\.", sentences(released))


def test_a_sentence_whose_number_is_hidden_says_that_and_no_other_number():
    few = {"custody-held-overnight": made_values(3, 4)["custody-held-overnight"]}
    said = sentences(clearance(values={**made_values(), **few}).released)

    assert "Children held overnight: some numbers are not shown, so that no child can be identified." in said


def test_what_is_not_known_stands_beside_every_figure(released):
    for table in released.tables():
        if table.figure:
            assert table.columns[-1].name == "not_known"


def test_every_table_by_place_adds_up_and_names_every_borough(released):
    by_area = next(table for table in released.tables() if table.id == "duties-late-by-borough")

    assert len(by_area.rows) == 9
    parts = [row[1].shown for row in by_area.rows]
    assert sum(parts[:-1]) == parts[-1]


def test_long_tables_are_named_on_the_page_and_stand_in_the_spreadsheet(released):
    short, whole = as_paper(released, whole=False), as_paper(released)

    named = [one for section in short.sections for one in section.sentences]
    assert any("in the file duties-late-by-kind-and-borough.csv" in one for one in named)
    assert sum(len(s.tables) for s in whole.sections) > sum(len(s.tables) for s in short.sections)


def test_a_force_that_is_made_up_says_so_and_one_that_is_not_does_not(released):
    assert "made up" in released.notice
    assert "made up" not in clearance(is_made_up=False).released.notice


def test_a_correction_says_first_what_it_corrects():
    released = clearance(corrects="This corrects the release 2026-q2: a count was wrong.").released

    assert released.notice.startswith("This corrects the release 2026-q2: a count was wrong.")


def test_of_a_quarter_in_which_nothing_was_counted_it_says_so():
    released = clearance(values={}, rounds=(), gaps=(), revisits=(), recommendations=(), posts=()).released

    said = sentences(released)
    assert "No round of graded files ended in this quarter." in said
    assert "There was nothing to count in this quarter for: Children held overnight" in said


def test_the_authors_own_words_stand_under_their_own_heading_and_fill_no_place():
    released = clearance(words=("What {} we found.",)).released

    assert "What {} we found." in sentences(released)


def test_quarters_are_said_as_months():
    assert [spoken_period(f"2026-Q{number}") for number in (1, 2, 4)] == [
        "January to March 2026", "April to June 2026", "October to December 2026",
    ]  # fmt: skip
    assert spoken_period("2026-09") == "2026-09"


@settings(max_examples=min(5, settings.default.max_examples // 6))
@given(st.integers(2, 10_000))
def test_whatever_was_counted_it_is_cleared_and_the_next_quarter_after_it(seed):
    first = cleared(quarterly_report(facts(values=made_values(seed, 25)), "2026-q3"), (), POLICY)
    again = facts(values=made_values(seed + 1, 25, "2026-Q4"), period="2026-Q4")
    second = cleared(quarterly_report(again, "2026-q4"), (first.earlier,), POLICY)

    assert second.released.period == "2026-Q4"


def test_a_page_asks_for_nothing_and_has_its_headings_in_order(released):
    page = as_html(as_paper(released, whole=False)).decode()

    levels = [int(one) for one in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}
    for forbidden in ("<script", "src=", "url(", "@import"):
        assert forbidden not in page
    assert 'lang="en-GB"' in page
    captions = [html.unescape(one) for one in re.findall(r"<caption>(.*?)</caption>", page)]
    assert len(set(captions)) == len(captions)


@pytest.mark.pango
def test_a_pdf_has_the_tags_that_its_standard_asks_for(released):
    held = as_pdf(as_paper(released, whole=False))
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", held, re.DOTALL)
    whole = held + b"".join(zlib.decompressobj().decompress(one) for one in streams if one[:1] == b"x")

    for tag in (b"/StructTreeRoot", b"/MarkInfo", b"/Marked true", b"/Lang", b"pdfuaid:part", b"/DisplayDocTitle true",
                b"/Title", b"/Table", b"/TH", b"/Headers", b"/Caption", b"/H1", b"/H2"):  # fmt: skip
        assert tag in whole, tag
    assert b"/Figure" not in whole  # a picture without words would need some
    assert whole.count(b"/S /H1") <= 1


def test_a_month_is_made_of_no_months_and_a_claim_that_still_stands_corrects_nothing():
    assert months_of("2026-09") == ()
    still = clearance(revisits=(Revisits("R1", 374, 374, 374, "2026-q2"),)).released

    assert "This corrects" not in sentences(still)


def test_a_catalogue_of_one_figure_makes_a_report_in_which_all_was_counted():
    one = tuple(each for each in facts().definitions if each.id == "visits-overdue")
    said = sentences(clearance(definitions=one).released)

    assert "Nothing could be counted" not in said


@pytest.mark.long
def test_a_group_and_an_area_that_the_quarter_before_did_not_have_contradict_nothing():
    first = cleared(quarterly_report(facts(), "2026-q3"), (), POLICY)
    values = dict(made_values(7, 60, "2026-Q4"))
    values["visits-overdue"] = [
        replace(
            one, cut=tuple((by, {"low": "very_high", "Ashmere": "Elsewhere"}.get(what, what)) for by, what in one.cut)
        )
        for one in values["visits-overdue"]
    ]
    later = facts(values=values, period="2026-Q4")

    released = cleared(quarterly_report(later, "2026-q4"), (first.earlier,), POLICY).released
    assert "very high" in [
        row[0] for table in released.tables() if table.id == "visits-overdue-by-risk" for row in table.rows
    ]


def test_what_nobody_answers_for_is_read_on_the_page_and_who_answers_for_all_is_an_annex(released):
    page = as_html(as_paper(released, whole=False)).decode()
    vacant = next(table for table in released.tables() if table.id == "vacant")

    assert {row[3] for row in vacant.rows} == {"vacant"}
    assert "What nobody is accountable for" in page
    assert re.search(r"Who is accountable for what: \d+ rows", page)
