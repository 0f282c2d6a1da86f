"""Grades, answers and progress in the words of a page, and a judgement as the fields of its form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from duecare.audit.grading.file_judgement import Answer, EventKey, Said
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
    "cannot_tell": "Cannot tell",
    "not_applicable": "Does not apply",
}
_WRITTEN: Final[dict[Written, str]] = {
    Written.BEFORE: "",
    Written.NEW: "New since the draw",
    Written.CHANGED: "Changed since the draw: this is how it stands now",
    Written.WITHDRAWN: "Withdrawn since the draw: this is how it stood",
}


def progress_tag(progress: Progress) -> Tag:
    """How far has the grading of a file come?"""
    return _PROGRESS[progress]


def answer_words(answer: str) -> str:
    """How is this answer written?"""
    return _ANSWERS[answer]


def grade_words(grade: str) -> str:
    """How is this grade written?

    Example:
        >>> grade_words("requires_improvement")
        'Requires improvement'
    """
    return grade.replace("_", " ").capitalize()


def written_words(written: Written) -> str:
    """What was done to this event after the draw? Empty where nothing was."""
    return _WRITTEN[written]


def lateness_words(late: timedelta) -> str:
    """How long after it happened was it written?

    Example:
        >>> lateness_words(timedelta(days=8, hours=3)), lateness_words(timedelta(seconds=9))
        ('8 days after it happened', 'as it happened')
    """
    return "as it happened" if late < MINUTE else f"{span_words(late)} after it happened"


def form_values(bundle: Bundle) -> dict[str, str]:
    """What stands in the fields of the form: what has been written so far, events by their numbers."""
    numbers: dict[EventKey, str] = {}
    for number, key in bundle.events.items():
        numbers.setdefault(key, number)
    said = bundle.said
    found = {f"grade-{whose}": grade for whose, grade in said.grades.items()}
    found |= {f"topic-{topic}": grade for topic, grade in said.topics.items()}
    for question, one in said.answers.items():
        found[f"answer-{question}"] = one.answer
        found[f"words-{question}"] = one.words
        found[f"evidence-{question}"] = ", ".join(numbers.get(key, key[1]) for key in one.evidence)
    return {**found, "narrative": said.narrative}


def judgement_in(fields: Mapping[str, str]) -> Said:
    """What do the fields of the form say? Events are still named by their numbers."""
    by: dict[str, dict[str, str]] = {"grade": {}, "topic": {}, "answer": {}, "words": {}, "evidence": {}}
    for field, value in fields.items():
        part, _, name = field.partition("-")
        if part in by and name:
            by[part][name] = value
    questions = dict.fromkeys([*by["answer"], *by["words"], *by["evidence"]])
    return Said(
        by["grade"],
        by["topic"],
        {
            question: Answer(
                by["answer"].get(question, ""),
                _lines(by["words"].get(question, "")),
                tuple(
                    ("", number) for number in re.split(r"[\s,;]+", by["evidence"].get(question, "").upper()) if number
                ),
            )
            for question in questions
        },
        _lines(fields.get("narrative", "")),
    )


def _lines(words: str) -> str:
    """Words with the line ends that a store keeps, whatever the browser sent."""
    return words.replace("\r\n", "\n")


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "progress_tag": progress_tag,
    "answer": answer_words,
    "grade": grade_words,
    "written": written_words,
    "lateness": lateness_words,
}
