"""Whether a judgement can be submitted: every question answered, every grade of its scheme, and what must have words has them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from duecare.audit.grading.file_judgement import Answer, EventKey, GradingForm
from duecare.audit.grading.grade_scheme import Scheme
from duecare.audit.grading.grading_method import FOR_THE_CHILD, FOR_THE_SUSPECT, Heading, Method, Question, graded_for
from duecare.vocabulary.text_lengths import JUDGEMENT_TEXT

NO_TEXT: Final = "It is too long, or has a character that is not text"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something missing or wrong, and where.

    Shape:   `place` names it: grade-child, topic-leadership, answer-child_heard, words-child_heard, evidence-child_heard,
             narrative. In the order of the form. `says` is for whoever wrote it, and repeats none of it.
    """

    place: str
    says: str


def faults_of(
    judgement_input: GradingForm,
    method: Method,
    scheme: Scheme,
    *,
    investigation: bool,
    events: Collection[EventKey],
    has_suspect: bool = True,
) -> tuple[Fault, ...]:
    """What keeps this from being submitted; empty when nothing does.

    Shape:   `events` are those of the bundle, at which it may point. Of an investigation that `has_suspect` nobody in it,
             the grade for the suspect may be left out: nobody was there to be treated fairly or not.
    """
    asked = method.asked(is_investigation=investigation)
    questions = [question for heading in asked for question in heading.questions]
    fault_list: list[Fault] = []
    for question in questions:
        fault_list += _of_answer(question, judgement_input.answers.get(question.id, Answer()), events)
    question_ids = {question.id for question in questions}
    if set(judgement_input.answers) - question_ids:
        fault_list.append(Fault("answers", "An answer is given to a question that is not asked"))
    fault_list += [
        *_of_topics(judgement_input, method, scheme),
        *_of_grades(judgement_input, scheme, investigation, has_suspect),
    ]
    fault_list += _of_narrative(judgement_input, scheme)
    fault_list += [Fault(place, NO_TEXT) for place in _not_text(judgement_input)]
    return tuple(fault_list)


def is_text(words: str) -> bool:
    """Whether these words are short enough to be stored, and without characters that are not text."""
    return len(words) <= JUDGEMENT_TEXT and not any(
        unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\r\t" for character in words
    )


def tidy_judgement(judgement_input: GradingForm, scheme: Scheme) -> GradingForm:
    """The same with grades in the scheme's own form, words without space around them, and empty answers left out."""

    def tidy_grade(grade_word: str) -> str:
        read_grade = scheme.read(grade_word)
        return read_grade if isinstance(read_grade, str) else grade_word.strip()

    return GradingForm(
        {
            graded_subject: tidy_grade(grade_word)
            for graded_subject, grade_word in judgement_input.grades.items()
            if grade_word.strip()
        },
        {topic: tidy_grade(grade_word) for topic, grade_word in judgement_input.topics.items() if grade_word.strip()},
        {
            question: Answer(
                given_answer.answer.strip(), given_answer.words.strip(), tuple(dict.fromkeys(given_answer.evidence))
            )
            for question, given_answer in judgement_input.answers.items()
            if given_answer.answer.strip() or given_answer.words.strip() or given_answer.evidence
        },
        judgement_input.narrative.strip(),
    )


def _of_grades(judgement_input: GradingForm, scheme: Scheme, investigation: bool, has_suspect: bool) -> Iterator[Fault]:
    graded_subjects = graded_for(investigation=investigation)
    for graded_subject in graded_subjects:
        may_be_left_out = (
            graded_subject == FOR_THE_SUSPECT and not has_suspect and graded_subject not in judgement_input.grades
        )
        if judgement_input.grades.get(graded_subject, "") not in scheme.grades and not may_be_left_out:
            yield Fault(f"grade-{graded_subject}", f"Select a grade for the {graded_subject}")
    if set(judgement_input.grades) - set(graded_subjects):
        yield Fault(f"grade-{FOR_THE_CHILD}", "A grade is given for someone for whom this file is not graded")


def _of_topics(judgement_input: GradingForm, method: Method, scheme: Scheme) -> Iterator[Fault]:
    names: dict[str, Heading] = {heading.id: heading for heading in method.topics}
    for topic, grade_word in judgement_input.topics.items():
        if topic not in names:
            yield Fault("topics", "A grade is given to a topic that the method has not")
        elif grade_word not in scheme.grades:
            yield Fault(f"topic-{topic}", f"{names[topic].says}: select one of the scheme’s grades, or none")


def _of_answer(question: Question, given_answer: Answer, events: Collection[EventKey]) -> Iterator[Fault]:
    if given_answer.answer not in question.answers:
        yield Fault(f"answer-{question.id}", f"Answer “{question.asks}”")
    elif given_answer.answer in question.words_for and not given_answer.words:
        yield Fault(f"words-{question.id}", f"Say which: “{question.asks}”")
    if any(event_key not in events for event_key in given_answer.evidence):
        yield Fault(f"evidence-{question.id}", f"“{question.asks}” points at an event that is not in the file")


def _of_narrative(judgement_input: GradingForm, scheme: Scheme) -> Iterator[Fault]:
    given_grades = [grade for grade in judgement_input.grades.values() if grade in scheme.grades]
    if not judgement_input.narrative and any(not scheme.is_met(grade) for grade in given_grades):
        yield Fault("narrative", "Say in words why the file is below the standard")


def _not_text(judgement_input: GradingForm) -> Iterator[str]:
    if not is_text(judgement_input.narrative):
        yield "narrative"
    for question, given_answer in judgement_input.answers.items():
        if not is_text(given_answer.words):
            yield f"words-{question}"
