"""Methods of grading as data: headings, and the questions under them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

ANSWERS: Final = ("yes", "partly", "no", "cannot_tell", "not_applicable")
USUAL: Final = ANSWERS[:4]
FOR_THE_CHILD: Final = "child"
FOR_THE_SUSPECT: Final = "suspect"
INVESTIGATED: Final = frozenset({"crime", "domestic_abuse", "exploitation", "online"})


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a file, with the answers it can have.

    Shape:   `words_for` are the answers that need words.
    """

    id: str
    asks: str
    answers: tuple[str, ...] = USUAL
    words_for: tuple[str, ...] = ()
    is_of_investigations: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and the questions under it.

    Shape:   one that `is_topic` is of the method itself and can be given a grade of its own.
    """

    id: str
    says: str
    questions: tuple[Question, ...]
    is_topic: bool = True


@dataclass(frozen=True, slots=True)
class Method:
    """The headings and questions by which a file is graded.

    Shape:   the method's own headings, then what is asked of every file, then the fairness questions of investigations.
    Source:  `source_urls` for the headings; the wording of the questions is ours.
    """

    id: str
    says: str
    headings: tuple[Heading, ...]
    first_year: int
    last_year: int | None = None
    source_urls: tuple[str, ...] = ()

    def asked(self, *, is_investigation: bool) -> tuple[Heading, ...]:
        """The questions for a file, one of an investigation or another."""
        if is_investigation:
            return self.headings
        kept_headings = [
            Heading(
                heading.id, heading.says, tuple(question for question in heading.questions if not question.is_of_investigations),
                heading.is_topic,
            )
            for heading in self.headings
        ]  # fmt: skip
        return tuple(heading for heading in kept_headings if heading.questions)

    @property
    def topics(self) -> tuple[Heading, ...]:
        """The headings that can be given a grade of their own."""
        return tuple(heading for heading in self.headings if heading.is_topic)


def is_investigation(case_kind: str, roles: Iterable[str]) -> bool:
    """Whether somebody is suspected in this file, so that it is graded for them too.

    Shape:   by the kind of the case, or because someone is tied into it as a suspect.
    """
    return case_kind in INVESTIGATED or "suspect" in set(roles)


def graded_for(*, investigation: bool) -> tuple[str, ...]:
    """The subjects a file is graded for: two grades, which are never merged into one."""
    return (FOR_THE_CHILD, FOR_THE_SUSPECT) if investigation else (FOR_THE_CHILD,)


@cache
def grading_methods() -> Mapping[str, Method]:
    """The methods shipped with Duecare, by id, the oldest first."""
    method_file = tomllib.loads((files("duecare.audit.grading") / "methods.toml").read_text("utf-8"))
    shared = tuple(_read_heading(method_file[heading_name], is_topic=False) for heading_name in ("always", "fairness"))
    return {method_row["id"]: _read_method(method_row, shared) for method_row in method_file["method"]}


def _read_method(method_row: Mapping[str, Any], shared: tuple[Heading, ...]) -> Method:
    return Method(
        id=method_row["id"],
        says=method_row["says"],
        headings=tuple(_read_heading(heading, is_topic=True) for heading in method_row["heading"]) + shared,
        first_year=method_row["first_year"],
        last_year=method_row.get("last_year"),
        source_urls=tuple(method_row["source"].split()),
    )


def _read_heading(heading_row: Mapping[str, Any], *, is_topic: bool) -> Heading:
    return Heading(
        heading_row["id"],
        heading_row["says"],
        tuple(_read_question(question_row) for question_row in heading_row["question"]),
        is_topic,
    )


def _read_question(question_row: Mapping[str, Any]) -> Question:
    return Question(
        id=question_row["id"],
        asks=question_row["asks"],
        answers=tuple(question_row.get("answers", USUAL)),
        words_for=tuple(question_row.get("words_for", ())),
        is_of_investigations=question_row.get("only_for") == "investigation",
    )
