"""Judgements: what is sealed, that nothing of it can be changed unseen, and what must be there before it is submitted."""

import dataclasses
import hashlib
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from duecare.audit.grading.file_judgement import (
    Answer,
    GradingForm,
    Judgement,
    canonical_bytes,
    said_of,
    seal_fits,
    seal_judgement,
    unseal_content,
)
from duecare.audit.grading.grade_scheme import grade_schemes
from duecare.audit.grading.grading_method import grading_methods
from duecare.audit.grading.judgement_validation import faults_of, tidy_judgement
from duecare.vocabulary.refusals import Refusal

METHOD, SCHEME = grading_methods()["child-protection-2014"], grade_schemes()["case-files-2014"]
EVENTS = {("merlin", "E1"), ("merlin", "E2")}


def complete(*, investigation=False, grade="good", **changes):
    answers = {
        question.id: Answer(next(one for one in question.answers if one not in question.words_for))
        for heading in METHOD.asked(is_investigation=investigation)
        for question in heading.questions
    }
    grades = {"child": grade, "suspect": "adequate"} if investigation else {"child": grade}
    return dataclasses.replace(GradingForm(grades=grades, answers=answers), **changes)


def judged(said=None):
    return Judgement("R1", "merlin", "M/1", "force", "auditor", METHOD.id, SCHEME.id, said or complete())


def faults(said, *, investigation=False, has_suspect=True):
    found = faults_of(said, METHOD, SCHEME, investigation=investigation, events=EVENTS, has_suspect=has_suspect)
    return [one.place for one in found]


def with_answer(question, answer, *, investigation=False):
    said = complete(investigation=investigation)
    return dataclasses.replace(said, answers={**said.answers, question: answer})


# --- the seal -----------------------------------------------------------------------------------------


def test_the_seal_is_the_hash_of_canonical_json_that_anyone_can_write_again():
    judgement = judged()
    sealed = seal_judgement(judgement)
    _, salt = unseal_content(sealed.content)

    by_hand = json.dumps(
        {**judgement.as_json(), "salt": salt}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )

    assert sealed.content.decode() == by_hand
    assert sealed.seal == hashlib.sha256(by_hand.encode()).hexdigest()


def test_the_same_words_never_give_the_same_seal():
    assert len({seal_judgement(judged()).seal for _ in range(20)}) == 20


def test_what_was_sealed_is_read_again_whole():
    said = with_answer("child_heard", Answer("no", "“Streetwise”, it says", (("merlin", "E1"),)))
    said = dataclasses.replace(said, topics={"investigation": "inadequate"}, narrative="Späte Antwort\nzwei Zeilen")

    judgement, salt = unseal_content(seal_judgement(judged(said)).content)

    assert judgement == judged(said)
    assert len(salt) == 64


@given(st.data())
def test_any_single_changed_byte_is_seen(data):
    sealed = seal_judgement(judged())
    at = data.draw(st.integers(0, len(sealed.content) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != sealed.content[at]))

    assert seal_fits(sealed.content, sealed.seal)
    assert not seal_fits(sealed.content[:at] + bytes([other]) + sealed.content[at + 1 :], sealed.seal)


def test_the_opened_form_with_its_salt_gives_the_sealed_bytes_again():
    sealed = seal_judgement(judged())
    judgement, salt = unseal_content(sealed.content)

    assert canonical_bytes(judgement.as_json(), salt) == sealed.content


@pytest.mark.parametrize("odd", [10**30, float("nan"), "\ud800"])
def test_what_has_no_canonical_form_is_refused(odd):
    with pytest.raises(Refusal) as refused:
        canonical_bytes({**judged().as_json(), "narrative": odd}, "0" * 64)

    assert refused.value.code == "AUD-030"


WRONG = [
    b"",
    b"\xff\xfe",
    b"[]",
    b"null",
    b'{"rule": "another"}',
    rfc8785.dumps({**judged().as_json(), "salt": 5}),
    rfc8785.dumps({**judged().as_json(), "salt": "a", "round": 7}),
    rfc8785.dumps({**judged().as_json(), "salt": "a", "answers": []}),
    rfc8785.dumps({**judged().as_json(), "salt": "a", "answers": {"child_heard": 4}}),
    rfc8785.dumps({**judged().as_json(), "salt": "a", "answers": {"child_heard": {"evidence": [["merlin"]]}}}),
    rfc8785.dumps({**judged().as_json(), "salt": "a", "answers": {"child_heard": {"evidence": [["merlin", 4]]}}}),
    rfc8785.dumps({**judged().as_json(), "salt": "a", "answers": {"child_heard": {"evidence": [4]}}}),
    rfc8785.dumps({**judged().as_json(), "salt": "a", "grades": {"child": 1}}),
    rfc8785.dumps({**judged().as_json(), "salt": "a", "grades": "good"}),
    rfc8785.dumps({**judged().as_json(), "salt": "a", "narrative": None}),
]


@pytest.mark.parametrize("content", WRONG, ids=range(len(WRONG)))
def test_what_is_no_judgement_is_refused(content):
    with pytest.raises(Refusal) as refused:
        unseal_content(content)

    assert refused.value.code == "AUD-030"


def test_in_a_file_an_answer_may_be_the_word_alone():
    said = said_of({"grades": {"child": "good"}, "answers": {"child_heard": "yes"}})

    assert said.answers["child_heard"] == Answer("yes")


def test_an_event_may_be_named_by_its_number_in_the_bundle():
    said = said_of({"answers": {"child_heard": {"answer": "no", "evidence": ["2", ["merlin", "E1"], "99", "1"]}}})

    pointing = said.pointing({"1": ("merlin", "E1"), "2": ("merlin", "E2")})

    assert pointing.answers["child_heard"].evidence == (("merlin", "E2"), ("merlin", "E1"), ("", "99"))


# --- what must be there ---------------------------------------------------------------------------------


def test_a_complete_judgement_has_no_faults():
    assert faults(complete()) == []
    assert faults(complete(investigation=True), investigation=True) == []


def test_every_question_must_be_answered():
    said = complete()
    some = {name: one for name, one in said.answers.items() if name != "child_heard"}

    assert faults(dataclasses.replace(said, answers=some)) == ["answer-child_heard"]
    assert set(faults(GradingForm())) == {"grade-child", *(f"answer-{name}" for name in said.answers)}


@pytest.mark.parametrize(("grade", "narrative", "expected"), [
    ("good", "", []),
    ("adequate", "", []),
    ("requires_improvement", "", ["narrative"]),
    ("inadequate", "", ["narrative"]),
    ("inadequate", "She was not seen for eleven days.", []),
])  # fmt: skip
def test_the_two_lower_grades_need_a_narrative(grade, narrative, expected):
    assert faults(complete(grade=grade, narrative=narrative)) == expected


def test_a_low_grade_for_the_suspect_alone_needs_a_narrative_too():
    said = complete(investigation=True, grades={"child": "good", "suspect": "inadequate"})

    assert faults(said, investigation=True) == ["narrative"]
    assert faults(dataclasses.replace(said, narrative="Told 50 days late."), investigation=True) == []


def test_an_investigation_of_nobody_may_be_graded_for_the_child_alone():
    said = complete(investigation=True, grades={"child": "good"})

    assert faults(said, investigation=True) == ["grade-suspect"]
    assert faults(said, investigation=True, has_suspect=False) == []
    wrong = complete(investigation=True, grades={"child": "good", "suspect": "splendid"})
    assert faults(wrong, investigation=True, has_suspect=False) == ["grade-suspect"]


@pytest.mark.parametrize("question", ["lines_pointing_away", "time_under_investigation"])
def test_what_is_asked_of_the_suspect_need_not_apply(question):
    asked = {one.id: one for heading in METHOD.asked(is_investigation=True) for one in heading.questions}

    assert "not_applicable" in asked[question].answers


def test_an_investigation_has_two_grades_and_another_file_only_one():
    assert faults(complete(investigation=True, grades={"child": "good"}), investigation=True) == ["grade-suspect"]
    assert faults(complete(grades={"child": "good", "suspect": "good"})) == ["grade-child"]


def test_a_grade_of_another_scheme_is_none():
    assert faults(complete(grade="excellent")) == ["grade-child"]


@pytest.mark.parametrize("question", ["blaming_language", "good_practice", "leadership_seen"])
def test_what_was_seen_must_be_said_in_words(question):
    assert faults(with_answer(question, Answer("yes"))) == [f"words-{question}"]
    assert faults(with_answer(question, Answer("yes", "In the log of 3 March."))) == []
    assert faults(with_answer(question, Answer("no"))) == []


def test_evidence_must_be_in_the_file():
    assert faults(with_answer("child_heard", Answer("yes", "", (("merlin", "E1"),)))) == []
    assert faults(with_answer("child_heard", Answer("yes", "", (("merlin", "E9"),)))) == ["evidence-child_heard"]


def test_topics_may_be_graded_by_the_scheme_and_no_others():
    assert faults(complete(topics={"investigation": "good"})) == []
    assert faults(complete(topics={"investigation": "fine"})) == ["topic-investigation"]
    assert faults(complete(topics={"always": "good"})) == ["topics"]


def test_what_is_not_asked_is_not_answered():
    assert faults(with_answer("told_outcome", Answer("yes"))) == ["answers"]


@pytest.mark.parametrize("words", ["a\x00b", "\ud800", "x" * 12_001])
def test_words_that_no_store_could_keep_are_refused(words):
    assert faults(complete(narrative=words)) == ["narrative"]
    assert faults(with_answer("child_heard", Answer("yes", words))) == ["words-child_heard"]


def test_grades_are_read_in_any_form_and_empty_answers_left_out():
    said = GradingForm(
        {"child": " Requires  Improvement ", "suspect": ""},
        {"investigation": ""},
        {"child_heard": Answer(), "child_as_child": Answer("yes", " w ", (("a", "1"), ("a", "1")))},
        " n ",
    )

    assert tidy_judgement(said, SCHEME) == GradingForm(
        {"child": "requires_improvement"}, {}, {"child_as_child": Answer("yes", "w", (("a", "1"),))}, "n"
    )
