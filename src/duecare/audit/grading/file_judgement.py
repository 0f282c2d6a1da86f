"""A judgement of one file, as data and as the canonical bytes that are sealed."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import orjson
import rfc8785

from duecare.vocabulary.refusals import Refusal

JUDGEMENT_RULE: Final = "duecare judgement 1"
SALT_BYTES: Final = 32
EventKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, its words, and the events it rests on.

    Shape:   `evidence` are (source, event_id); before it is submitted also ("", number), the number that an event has in the
             bundle. `answer` is empty while the question is not answered.
    """

    answer: str = ""
    words: str = ""
    evidence: tuple[EventKey, ...] = ()


@dataclass(frozen=True, slots=True)
class GradingForm:
    """A grader's answers on a file, whole or so far.

    Shape:   `grades` by whom they are for, child or suspect; `topics` by heading, for those graded; `answers` by question.
    """

    grades: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    narrative: str = ""

    def as_json(self) -> dict[str, Any]:
        """The JSON of this in a file of judgements and in what is sealed."""
        return {
            "grades": dict(self.grades),
            "topics": dict(self.topics),
            "answers": {
                question: {
                    "answer": given_answer.answer,
                    "words": given_answer.words,
                    "evidence": [list(event_key) for event_key in given_answer.evidence],
                }
                for question, given_answer in self.answers.items()
            },
            "narrative": self.narrative,
        }

    def pointing(self, events: Mapping[str, EventKey]) -> GradingForm:
        """The same, each event that is named by its number in the bundle named by its key; unknown numbers stay."""

        def pointed_keys(evidence: tuple[EventKey, ...]) -> tuple[EventKey, ...]:
            return tuple(
                dict.fromkeys(
                    events.get(event_key[1], event_key) if not event_key[0] else event_key for event_key in evidence
                )
            )

        answers = {
            question: replace(given_answer, evidence=pointed_keys(given_answer.evidence))
            for question, given_answer in self.answers.items()
        }
        return replace(self, answers=answers)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who judged which file of which round, for which side, by which method and scheme, with which answers.

    Shape:   `reason` says why it corrects the one before; empty where it corrects none.
    """

    round: str
    source: str
    case_ref: str
    side: str
    account: str
    method: str
    scheme: str
    said: GradingForm
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """The JSON of this in what is sealed, without the salt."""
        return {
            "rule": JUDGEMENT_RULE,
            "round": self.round,
            "case_source": self.source,
            "case_ref": self.case_ref,
            "side": self.side,
            "account": self.account,
            "method": self.method,
            "scheme": self.scheme,
            **self.said.as_json(),
            **({"reason": self.reason} if self.reason else {}),
        }


@dataclass(frozen=True, slots=True)
class Sealed:
    """The bytes of a judgement with its salt, and their seal."""

    content: bytes
    seal: str


def seal_judgement(judgement: Judgement) -> Sealed:
    """Seal this judgement: the bytes to conceal, and the seal to publish.

    Shape:   RFC 8785 JSON of the judgement with a fresh salt of 32 bytes in hex, so that the same words never give the
             same seal twice and no seal can be guessed; the seal is the SHA-256 of those bytes in lower-case hex.
    Source:  docs/decisions/0023.
    """
    content = canonical_bytes(judgement.as_json(), secrets.token_bytes(SALT_BYTES).hex())
    return Sealed(content, seal_of(content))


def canonical_bytes(judgement: Mapping[str, Any], seal_salt: str) -> bytes:
    """The exact bytes that are sealed.

    Raises:  AUD-030 for what has no canonical form.
    """
    try:
        return rfc8785.dumps({**judgement, "salt": seal_salt})
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise Refusal("AUD-030", found="what has no canonical form") from error


def seal_of(content: bytes) -> str:
    """The seal of these bytes."""
    return hashlib.sha256(content).hexdigest()


def seal_fits(content: bytes, seal_text: str) -> bool:
    """Whether these bytes are what was sealed."""
    return hmac.compare_digest(seal_of(content), seal_text)


def unseal_content(content: bytes) -> tuple[Judgement, str]:
    """The judgement in these bytes, and the salt it was sealed with.

    Raises:  AUD-030 where it is none.
    """
    judgement_row = _read_object(content)
    seal_salt = judgement_row.get("salt")
    texts = {field_name: judgement_row.get(field_name) for field_name in _NAMES}
    if (
        judgement_row.get("rule") != JUDGEMENT_RULE
        or not isinstance(seal_salt, str)
        or not all(isinstance(text_value, str) for text_value in texts.values())
    ):
        raise Refusal("AUD-030", found="something other than a sealed judgement")
    names = {field_name: str(value) for field_name, value in texts.items()}
    judged = Judgement(
        round=names["round"],
        source=names["case_source"],
        case_ref=names["case_ref"],
        side=names["side"],
        account=names["account"],
        method=names["method"],
        scheme=names["scheme"],
        said=said_of(judgement_row),
        reason=_read_text(judgement_row.get("reason", ""), "the reason"),
    )
    return judged, seal_salt


_NAMES = ("round", "case_source", "case_ref", "side", "account", "method", "scheme")


def said_of(judgement_row: Mapping[str, Any]) -> GradingForm:
    """Read a grader's answers from this object of a file of judgements.

    Shape:   grades, topics, answers and narrative may each be left out; what else stands there is not looked at.
    Raises:  AUD-030 where one of them is not of its form.
    """
    answers = judgement_row.get("answers", {})
    if not isinstance(answers, Mapping):
        raise _wrong_field("answers")
    return GradingForm(
        grades=_read_texts(judgement_row, "grades"),
        topics=_read_texts(judgement_row, "topics"),
        answers={
            str(question): _read_answer(str(question), given_answer) for question, given_answer in answers.items()
        },
        narrative=_read_text(judgement_row.get("narrative", ""), "narrative"),
    )


def _read_answer(question: str, given_answer: object) -> Answer:
    if isinstance(given_answer, str):
        return Answer(given_answer)
    if not isinstance(given_answer, Mapping):
        raise _wrong_field(f"the answer to {question}")
    evidence = given_answer.get("evidence", [])
    if not isinstance(evidence, list) or not all(_is_event(event_key) for event_key in evidence):
        raise _wrong_field(f"the evidence of {question}, which is a list of numbers as text, or of [source, event_id]")
    return Answer(
        _read_text(given_answer.get("answer", ""), f"the answer to {question}"),
        _read_text(given_answer.get("words", ""), f"the words on {question}"),
        tuple(
            ("", event_key) if isinstance(event_key, str) else (event_key[0], event_key[1]) for event_key in evidence
        ),
    )


def _is_event(event_key: object) -> bool:
    if isinstance(event_key, list):
        return len(event_key) == 2 and all(isinstance(key_part, str) for key_part in event_key)
    return isinstance(event_key, str)


def _read_texts(judgement_row: Mapping[str, Any], field_name: str) -> Mapping[str, str]:
    field_values = judgement_row.get(field_name, {})
    if not isinstance(field_values, Mapping) or not all(
        isinstance(text_value, str) for text_value in field_values.values()
    ):
        raise _wrong_field(field_name)
    return {str(text_key): str(value) for text_key, value in field_values.items()}


def _read_text(value: object, field_name: str) -> str:
    if not isinstance(value, str):
        raise _wrong_field(field_name)
    return value


def _read_object(content: bytes) -> Mapping[str, Any]:
    try:
        judgement_row = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise Refusal("AUD-030", found="no JSON") from error
    if not isinstance(judgement_row, dict):
        raise Refusal("AUD-030", found="JSON that is not an object")
    return judgement_row


def _wrong_field(field_name: str) -> Refusal:
    return Refusal("AUD-030", faults=(f"{field_name} is not of the form it must have",))
