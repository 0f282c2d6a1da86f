"""What people wrote themselves is shown as they wrote it, though it looks like a phrase that pages put into other words."""

import pytest
from django.template import engines

from duecare.report.quarterly.quarterly_report import WRITTEN_BY_PEOPLE
from duecare.report.release.released_figures import ReleasedSection
from duecare.web.releases.presenters import page_sentences
from duecare.web.site.formatting.report_words import page_words

pytestmark = pytest.mark.one_engine

OLD_WORDS = ("It cannot be told who saw her.", "The plan was superseded.", "It is claimed to be done.", "Cannot tell")


@pytest.mark.parametrize("sentence", OLD_WORDS)
def test_the_authors_own_sentences_are_not_put_into_other_words(sentence):
    assert page_words(sentence) != sentence
    assert page_sentences(ReleasedSection(WRITTEN_BY_PEOPLE, (sentence,))) == (sentence,)
    assert page_sentences(ReleasedSection("Main points", (sentence,))) == (page_words(sentence),)


@pytest.mark.parametrize("sentence", OLD_WORDS)
def test_what_was_asked_and_answered_stands_in_a_meeting_pack_as_it_was_written(sentence):
    template = engines["jinja2"].env.from_string(
        '{% from "parts/paper.html" import sections_of %}{{ sections_of(paper) }}'
    )
    table = {"caption": "Questions", "columns": ("Asked", "Answered"), "rows": ((sentence, sentence),)}
    section = {"heading": "Questions and answers", "sentences": (), "tables": (table,)}

    assert template.render(paper={"sections": (section,)}).count(sentence) == 2
