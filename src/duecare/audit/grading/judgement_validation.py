"""Whether a judgement can be submitted: every question answered, every grade of its scheme, and what must have words has them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from duecare.audit.grading.file_judgement import Answer, EventKey, Said
from duecare.audit.grading.grade_scheme import Scheme
from duecare.audit.grading.grading_method import FOR_THE_CHILD, FOR_THE_SUSPECT, Heading, Method, Question, graded_for

MOST_CHARACTERS: Final = 12_000
NO_TEXT: Final = "It is too long, or has a character in it that is no text"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is missing or wrong, and where?

    Shape:   `place` names it: grade-child, topic-leadership, answer-child_heard, words-child_heard, evidence-child_heard,
             narrative. In the order of the form. `says` is for whoever wrote it, and repeats none of it.
    """

    place: str
    says: str


def faults_of(
    said: Said,
    method: Method,
    scheme: Scheme,
    *,
    investigation: bool,
    events: Collection[EventKey],
    has_suspect: bool = True,
) -> tuple[Fault, ...]:
    """What keeps this from being submitted? Empty when nothing does.

    Shape:   `events` are those of the bundle, at which it may point. Of an investigation that `has_suspect` nobody in it,
             the grade for the suspect may be left out: nobody was there to be treated fairly or not.
    """
    asked = method.asked(is_investigation=investigation)
    questions = [question for heading in asked for question in heading.questions]
    found: list[Fault] = []
    for question in questions:
        found += _of_answer(question, said.answers.get(question.id, Answer()), events)
    known = {question.id for question in questions}
    if set(said.answers) - known:
        found.append(Fault("answers", "An answer is given to a question that is not asked"))
    found += [*_of_topics(said, method, scheme), *_of_grades(said, scheme, investigation, has_suspect)]
    found += _of_narrative(said, scheme)
    found += [Fault(place, NO_TEXT) for place in _not_text(said)]
    return tuple(found)


def is_text(words: str) -> bool:
    """Are these words short enough to be kept, and without characters that are no text?"""
    return len(words) <= MOST_CHARACTERS and not any(
        unicodedata.category(one) in {"Cc", "Cs"} and one not in "\n\r\t" for one in words
    )


def tidied(said: Said, scheme: Scheme) -> Said:
    """The same with grades in the scheme's own form, words without space around them, and empty answers left out."""

    def grade(word: str) -> str:
        read = scheme.read(word)
        return read if isinstance(read, str) else word.strip()

    return Said(
        {whose: grade(word) for whose, word in said.grades.items() if word.strip()},
        {topic: grade(word) for topic, word in said.topics.items() if word.strip()},
        {
            question: Answer(one.answer.strip(), one.words.strip(), tuple(dict.fromkeys(one.evidence)))
            for question, one in said.answers.items()
            if one.answer.strip() or one.words.strip() or one.evidence
        },
        said.narrative.strip(),
    )


def _of_grades(said: Said, scheme: Scheme, investigation: bool, has_suspect: bool) -> Iterator[Fault]:
    wanted = graded_for(investigation=investigation)
    for whose in wanted:
        may_be_left_out = whose == FOR_THE_SUSPECT and not has_suspect and whose not in said.grades
        if said.grades.get(whose, "") not in scheme.grades and not may_be_left_out:
            yield Fault(f"grade-{whose}", f"Select a grade for the {whose}")
    if set(said.grades) - set(wanted):
        yield Fault(f"grade-{FOR_THE_CHILD}", "A grade is given for someone for whom this file is not graded")


def _of_topics(said: Said, method: Method, scheme: Scheme) -> Iterator[Fault]:
    names: dict[str, Heading] = {heading.id: heading for heading in method.topics}
    for topic, word in said.topics.items():
        if topic not in names:
            yield Fault("topics", "A grade is given to a topic that the method has not")
        elif word not in scheme.grades:
            yield Fault(f"topic-{topic}", f"{names[topic].says}: select one of the scheme’s grades, or none")


def _of_answer(question: Question, one: Answer, events: Collection[EventKey]) -> Iterator[Fault]:
    if one.answer not in question.answers:
        yield Fault(f"answer-{question.id}", f"Answer “{question.asks}”")
    elif one.answer in question.words_for and not one.words:
        yield Fault(f"words-{question.id}", f"Say which: “{question.asks}”")
    if any(key not in events for key in one.evidence):
        yield Fault(f"evidence-{question.id}", f"“{question.asks}” points at an event that is not in the file")


def _of_narrative(said: Said, scheme: Scheme) -> Iterator[Fault]:
    given = [grade for grade in said.grades.values() if grade in scheme.grades]
    if not said.narrative and any(not scheme.is_met(grade) for grade in given):
        yield Fault("narrative", "Say in words why the file is below the standard")


def _not_text(said: Said) -> Iterator[str]:
    if not is_text(said.narrative):
        yield "narrative"
    for question, one in said.answers.items():
        if not is_text(one.words):
            yield f"words-{question}"
