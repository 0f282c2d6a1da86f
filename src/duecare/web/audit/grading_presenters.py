"""Grades, answers and progress in the words of a page, and a judgement as the fields of its form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from duecare.audit.grading.file_judgement import Answer, EventKey, GradingForm
from duecare.use_cases.audit.view_case_file import Bundle, Written
from duecare.use_cases.audit.view_my_sample import Progress
from duecare.web.site.formatting.tag import Tag
from duecare.web.site.formatting.times import MINUTE, span_words

_PROGRESS: Final[dict[Progress, Tag]] = {
    Progress.NOT_STARTED: Tag("Not started", "grey"),
    Progress.IN_PROGRESS: Tag("In progress"),
    Progress.SUBMITTED: Tag("Submitted", "green"),
}
_ANSWERS: Final[dict[str, str]] = {
    "yes": "Yes",
    "partly": "Partly",
    "no": "No",
    "cannot_tell": "Not known",
    "not_applicable": "Not applicable",
}
_WRITTEN: Final[dict[Written, str]] = {
    Written.BEFORE: "",
    Written.NEW: "New since the draw",
    Written.CHANGED: "Changed since the draw: this is the latest version",
    Written.WITHDRAWN: "Withdrawn since the draw: this is the version at the draw",
}


def progress_tag(progress: Progress) -> Tag:
    """The tag that says how far the grading of a file has come."""
    return _PROGRESS[progress]


def answer_words(answer: str) -> str:
    """This answer in words."""
    return _ANSWERS[answer]


def grade_words(grade: str) -> str:
    """This grade in words.

    Example:
        >>> grade_words("requires_improvement")
        'Requires improvement'
    """
    return grade.replace("_", " ").capitalize()


def written_words(written: Written) -> str:
    """What changed in this event after the draw; empty where nothing did."""
    return _WRITTEN[written]


def lateness_words(late: timedelta) -> str:
    """How long after it happened it was written.

    Example:
        >>> lateness_words(timedelta(days=8, hours=3)), lateness_words(timedelta(seconds=9))
        ('8 days after it happened', 'as it happened')
    """
    return "as it happened" if late < MINUTE else f"{span_words(late)} after it happened"


def form_values(bundle: Bundle) -> dict[str, str]:
    """The values in the fields of the form: what has been written so far, with events by their numbers."""
    numbers: dict[EventKey, str] = {}
    for number, key in bundle.events.items():
        numbers.setdefault(key, number)
    judgement = bundle.said
    values = {f"grade-{about}": grade for about, grade in judgement.grades.items()}
    values |= {f"topic-{topic}": grade for topic, grade in judgement.topics.items()}
    for question, answer in judgement.answers.items():
        values[f"answer-{question}"] = answer.answer
        values[f"words-{question}"] = answer.words
        values[f"evidence-{question}"] = ", ".join(numbers.get(key, key[1]) for key in answer.evidence)
    return {**values, "narrative": judgement.narrative}


def judgement_in(fields: Mapping[str, str]) -> GradingForm:
    """The judgement in the fields of the form; events are still named by their numbers."""
    by_part: dict[str, dict[str, str]] = {"grade": {}, "topic": {}, "answer": {}, "words": {}, "evidence": {}}
    for field, value in fields.items():
        part, _, name = field.partition("-")
        if part in by_part and name:
            by_part[part][name] = value
    questions = dict.fromkeys([*by_part["answer"], *by_part["words"], *by_part["evidence"]])
    return GradingForm(
        by_part["grade"],
        by_part["topic"],
        {
            question: Answer(
                by_part["answer"].get(question, ""),
                _unix_lines(by_part["words"].get(question, "")),
                tuple(
                    ("", number)
                    for number in re.split(r"[\s,;]+", by_part["evidence"].get(question, "").upper())
                    if number
                ),
            )
            for question in questions
        },
        _unix_lines(fields.get("narrative", "")),
    )


def _unix_lines(words: str) -> str:
    """Text with the line ends that a store keeps, whatever the browser sent."""
    return words.replace("\r\n", "\n")


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "progress_tag": progress_tag,
    "answer": answer_words,
    "grade": grade_words,
    "written": written_words,
    "lateness": lateness_words,
}
