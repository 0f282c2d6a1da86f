"""A judgement of one file: what a grader says of it, as data and as the canonical bytes that are sealed."""

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

RULE: Final = "duecare judgement 1"
SALT_BYTES: Final = 32
EventKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """How is one question answered, in which words, resting on which events?

    Shape:   `evidence` are (source, event_id); before it is submitted also ("", number), the number that an event has in the
             bundle. `answer` is empty while the question is not answered.
    """

    answer: str = ""
    words: str = ""
    evidence: tuple[EventKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What does a grader say of a file, whole or so far?

    Shape:   `grades` by whom they are for, child or suspect; `topics` by heading, for those graded; `answers` by question.
    """

    grades: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    narrative: str = ""

    def as_json(self) -> dict[str, Any]:
        """How is this written in a file of judgements, and in what is sealed?"""
        return {
            "grades": dict(self.grades),
            "topics": dict(self.topics),
            "answers": {
                question: {"answer": one.answer, "words": one.words, "evidence": [list(key) for key in one.evidence]}
                for question, one in self.answers.items()
            },
            "narrative": self.narrative,
        }

    def pointing(self, events: Mapping[str, EventKey]) -> Said:
        """The same, each event that is named by its number in the bundle named by its key; unknown numbers stay."""

        def keys(evidence: tuple[EventKey, ...]) -> tuple[EventKey, ...]:
            return tuple(dict.fromkeys(events.get(key[1], key) if not key[0] else key for key in evidence))

        answers = {question: replace(one, evidence=keys(one.evidence)) for question, one in self.answers.items()}
        return replace(self, answers=answers)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who judged which file of which round, for which side, by which method and scheme, and what do they say?

    Shape:   `reason` says why it corrects the one before; empty where it corrects none.
    """

    round: str
    source: str
    case_ref: str
    side: str
    account: str
    method: str
    scheme: str
    said: Said
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """How is this written in what is sealed? Without the salt."""
        return {
            "rule": RULE,
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


def seal(judgement: Judgement) -> Sealed:
    """What is concealed of this judgement, and what is said openly of it?

    Shape:   RFC 8785 JSON of the judgement with a fresh salt of 32 bytes in hex, so that the same words never give the
             same seal twice and no seal can be guessed; the seal is the SHA-256 of those bytes in lower-case hex.
    Source:  docs/decisions/0023.
    """
    content = canonical(judgement.as_json(), secrets.token_bytes(SALT_BYTES).hex())
    return Sealed(content, seal_of(content))


def canonical(judgement: Mapping[str, Any], salt: str) -> bytes:
    """Exactly which bytes are sealed?

    Raises:  AUD-030 for what has no canonical form.
    """
    try:
        return rfc8785.dumps({**judgement, "salt": salt})
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as wrong:
        raise Refusal("AUD-030", found="what has no canonical form") from wrong


def seal_of(content: bytes) -> str:
    """Which seal do these bytes have?"""
    return hashlib.sha256(content).hexdigest()


def fits(content: bytes, seal: str) -> bool:
    """Is this what was sealed?"""
    return hmac.compare_digest(seal_of(content), seal)


def unsealed(content: bytes) -> tuple[Judgement, str]:
    """Which judgement is this, and with which salt was it sealed?

    Raises:  AUD-030 where it is none.
    """
    row = _object(content)
    salt = row.get("salt")
    texts = {name: row.get(name) for name in _NAMES}
    if row.get("rule") != RULE or not isinstance(salt, str) or not all(isinstance(one, str) for one in texts.values()):
        raise Refusal("AUD-030", found="something else than a sealed judgement")
    names = {name: str(value) for name, value in texts.items()}
    judged = Judgement(
        round=names["round"],
        source=names["case_source"],
        case_ref=names["case_ref"],
        side=names["side"],
        account=names["account"],
        method=names["method"],
        scheme=names["scheme"],
        said=said_of(row),
        reason=_text(row.get("reason", ""), "the reason"),
    )
    return judged, salt


_NAMES = ("round", "case_source", "case_ref", "side", "account", "method", "scheme")


def said_of(row: Mapping[str, Any]) -> Said:
    """What is said in this object of a file of judgements?

    Shape:   grades, topics, answers and narrative may each be left out; what else stands there is not looked at.
    Raises:  AUD-030 where one of them is not of its form.
    """
    answers = row.get("answers", {})
    if not isinstance(answers, Mapping):
        raise _wrong("answers")
    return Said(
        grades=_texts(row, "grades"),
        topics=_texts(row, "topics"),
        answers={str(question): _answer(str(question), one) for question, one in answers.items()},
        narrative=_text(row.get("narrative", ""), "narrative"),
    )


def _answer(question: str, one: object) -> Answer:
    if isinstance(one, str):
        return Answer(one)
    if not isinstance(one, Mapping):
        raise _wrong(f"the answer to {question}")
    evidence = one.get("evidence", [])
    if not isinstance(evidence, list) or not all(_is_event(key) for key in evidence):
        raise _wrong(f"the evidence of {question}, which is a list of numbers as text, or of [source, event_id]")
    return Answer(
        _text(one.get("answer", ""), f"the answer to {question}"),
        _text(one.get("words", ""), f"the words on {question}"),
        tuple(("", key) if isinstance(key, str) else (key[0], key[1]) for key in evidence),
    )


def _is_event(key: object) -> bool:
    if isinstance(key, list):
        return len(key) == 2 and all(isinstance(part, str) for part in key)
    return isinstance(key, str)


def _texts(row: Mapping[str, Any], name: str) -> Mapping[str, str]:
    held = row.get(name, {})
    if not isinstance(held, Mapping) or not all(isinstance(one, str) for one in held.values()):
        raise _wrong(name)
    return {str(key): str(value) for key, value in held.items()}


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise _wrong(name)
    return value


def _object(content: bytes) -> Mapping[str, Any]:
    try:
        row = orjson.loads(content)
    except orjson.JSONDecodeError as wrong:
        raise Refusal("AUD-030", found="no JSON") from wrong
    if not isinstance(row, dict):
        raise Refusal("AUD-030", found="JSON that is no object")
    return row


def _wrong(name: str) -> Refusal:
    return Refusal("AUD-030", faults=(f"{name} is not of the form it must have",))
