"""Methods of grading: what is asked of every file, what of investigations, and where each heading was published."""

import pytest

from duecare.audit.grading.grading_method import ANSWERS, graded_for, grading_methods, is_investigation

ALWAYS = ("child_heard", "child_as_child", "blaming_language", "suspect_fairly", "good_practice", "leadership_seen")
FAIRNESS = (
    "lines_pointing_away",
    "inconsistencies_weighed",
    "undermining_put",
    "grounds_for_arrest",
    "time_under_investigation",
    "publicity_before_charge",
    "told_outcome",
)


def asked(method, *, investigation):
    return [one.id for heading in method.asked(is_investigation=investigation) for one in heading.questions]


@pytest.mark.parametrize("method", grading_methods().values(), ids=lambda one: one.id)
def test_whatever_the_method_these_are_among_the_questions(method):
    for investigation in (True, False):
        assert set(ALWAYS) <= set(asked(method, investigation=investigation))


@pytest.mark.parametrize("method", grading_methods().values(), ids=lambda one: one.id)
def test_fairness_is_asked_of_every_investigation_and_of_no_other_file(method):
    assert set(FAIRNESS) <= set(asked(method, investigation=True))
    assert not set(FAIRNESS) & set(asked(method, investigation=False))


@pytest.mark.parametrize("method", grading_methods().values(), ids=lambda one: one.id)
def test_every_method_names_its_source_and_asks_nothing_twice(method):
    every = [one for heading in method.headings for one in heading.questions]

    assert method.source_urls
    assert len({one.id for one in every}) == len(every)
    assert all(set(one.answers) <= set(ANSWERS) and set(one.words_for) <= set(one.answers) for one in every)
    assert all(one.asks.endswith("?") for one in every)


def test_the_topics_since_2024_are_the_five_published():
    assert [topic.says for topic in grading_methods()["child-protection-2024"].topics] == [
        "Leadership",
        "Partnership working",
        "Initial response",
        "Risk assessment and referral",
        "Investigation",
    ]


def test_the_headings_before_are_those_that_a_case_file_can_answer():
    assert [topic.says for topic in grading_methods()["child-protection-2014"].topics] == [
        "Initial contact",
        "Assessment and help",
        "Investigation",
        "Decision-making",
        "Trusted adult",
        "Managing those who pose a risk to children",
        "Police detention",
    ]


@pytest.mark.parametrize(
    ("kind", "roles", "expected"),
    [
        ("crime", [], True),
        ("online", [], True),
        ("child_concern", ["child"], False),
        ("child_concern", ["child", "suspect"], True),
        ("missing", ["child"], False),
        ("", [], False),
    ],
)
def test_a_file_is_an_investigation_by_its_kind_or_because_someone_is_suspected(kind, roles, expected):
    assert is_investigation(kind, roles) is expected
    assert graded_for(investigation=expected) == (("child", "suspect") if expected else ("child",))
