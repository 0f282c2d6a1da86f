"""What a duty is: a declaration, as data, with its source; nothing here or in `assess` knows any one duty."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import lru_cache

from duecare.duty.allowance import Allowance
from duecare.duty.condition import Condition
from duecare.duty.finding import Authority


class Scope(StrEnum):
    """The facts a duty takes: one case's, or one person's from every source."""

    CASE = "case"
    CHILD = "child"
    EPISODE = "episode"
    PERSON = "person"


class Unsure(Enum):
    """How someone of unknown age is treated."""

    COUNTS = "owed as to one under age"
    CANNOT_TELL = "cannot be told whether it is owed"


@dataclass(frozen=True, slots=True)
class Source:
    """The text a duty comes from, where it can be read, and when we read it.

    Shape:   `is_verified` False: told by people of the field, the text itself not yet read.
    """

    title: str
    provision: str
    url: str
    read_on: date
    is_verified: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """The days between which a rule is in force, both included; None: no such day is claimed."""

    first: date | None = None
    last: date | None = None

    def holds_on(self, on_day: date) -> bool:
        """Whether it is in force on that day."""
        return (self.first is None or self.first <= on_day) and (self.last is None or on_day <= self.last)


@dataclass(frozen=True, slots=True)
class Who:
    """The people a duty is owed to, or about: tied to the trigger in this role, under this age, on such days.

    Unknown: `unsure` says what follows where the age is not known.
    """

    role: str
    under: int | None = None
    unsure: Unsure = Unsure.COUNTS
    in_force: Span = Span()


@dataclass(frozen=True, slots=True)
class Fact:
    """Events of this kind that meet all these conditions."""

    kind: str
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """The discharge is a state that may already stand: begun by `met_by`, ended by these facts.

    Shape:   `by_officer`: each officer's allocation stands by itself, until that officer's release or absence. When
             none is left, a new occurrence begins (where `restarts`).
    """

    ended_by: tuple[Fact, ...] = ()
    by_officer: bool = False
    restarts: bool = False


class Recurs(Enum):
    """When the next occurrence begins."""

    FROM_DUE = "from the due time, or from the discharge where that came first"
    FROM_DISCHARGE = "from the discharge; none until then"


@dataclass(frozen=True, slots=True)
class Episode:
    """What opens and closes the episode that a duty belongs to.

    Shape:   `owed_after`: the duty begins at the episode's end, and a fact belongs to the latest such start before it;
             else facts belong to the episode that holds them, and its end ends the duty.
    """

    opened_by: tuple[str, ...]
    closed_by: tuple[str, ...]
    owed_after: bool = False


@dataclass(frozen=True, slots=True)
class Away:
    """The facts that end a running occurrence, and those that begin it again."""

    begins: tuple[Fact, ...]
    ends: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class During:
    """A start counts only while a state stands: of these facts at or before it, the latest is one that begins it."""

    begun_by: tuple[Fact, ...]
    ended_by: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Pause:
    """While the clock is paused: from the first of these facts to the next that ends it. Elapsed hours only."""

    begins: tuple[Fact, ...]
    ends: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Superseded:
    """At the first event of this kind, on or after this day, the rule gives way to the one then in force.

    Shape:   the new rule's limit is worked out from the last discharge before it, never earlier than that event.
    """

    by: Fact
    on_or_after: date


@dataclass(frozen=True, slots=True)
class Rule:
    """A limit, the days between which it is in force, and its reference.

    Shape:   `later` are reference and limit of the second occurrence of a chain, the third, and so on; the last repeats.
    """

    ref: str
    allows: Allowance
    in_force: Span = Span()
    later: tuple[tuple[str, Allowance], ...] = ()
    superseded: Superseded | None = None

    def turn(self, number: int) -> tuple[str, Allowance]:
        """The reference and limit of this turn of a chain; 0 is the first."""
        if number == 0 or not self.later:
            return self.ref, self.allows
        return self.later[min(number, len(self.later)) - 1]

    @property
    def turns(self) -> tuple[tuple[str, Allowance], ...]:
        """Every reference and limit it has, the first one first."""
        return ((self.ref, self.allows), *self.later)

    def __hash__(self) -> int:
        """Cheap, for declarations are used as keys a great many times."""
        return hash((self.ref, self.in_force))


@dataclass(frozen=True, slots=True)
class Rung:
    """Someone to notify, and how many hours after (or before) the limit."""

    role: str
    hours: float = 0.0


@dataclass(frozen=True, slots=True)
class Duty:
    """What ought to be done, by when, by whom, and by which authority.

    Shape:   `starts` are tuples of facts, the preferred first: a later one counts only where none of an earlier one is
             there. `once`: only the first start of a case counts. `at_most` bounds a recurrence. `local`: the limit is
             the force's own standard, adopted or only suggested. `ended_with_case`: a closing that a later reopening
             undoes counts as if it had never been, so the duty runs on from its start, and what began meanwhile began
             then; in a case that stays closed nothing starts. `holds`: a rule that must hold of the trigger itself,
             which alone can meet it. `dated_by`: rule and limit follow the latest of these at or before the start.
    """

    id: str
    says: str
    authority: Authority
    source: Source
    owed_by: str
    scope: Scope
    starts: tuple[tuple[Fact, ...], ...]
    rules: tuple[Rule, ...]
    met_by: tuple[Fact, ...]
    who: tuple[Who, ...] = ()
    once: bool = False
    standing: Standing | None = None
    excused_by: tuple[Fact, ...] = ()
    ended_by: tuple[Fact, ...] = ()
    ended_with_case: bool = False
    attempted_by: tuple[Fact, ...] = ()
    episode: Episode | None = None
    away: Away | None = None
    recurs: Recurs | None = None
    at_most: int = 1
    late_excused_by_detail: tuple[str, str] | None = None
    holds: bool = False
    during: During | None = None
    dated_by: tuple[Fact, ...] = ()
    pause: Pause | None = None
    ladder: tuple[Rung, ...] = ()
    local: bool = False

    def __hash__(self) -> int:
        """Cheap, for declarations are used as keys a great many times."""
        return hash(self.id)

    @property
    def roles(self) -> frozenset[str]:
        """The roles in which its subject may be tied to the trigger."""
        return frozenset(duty_subject.role for duty_subject in self.who)

    @property
    def version(self) -> str:
        """The hash of this declaration, with all its rules."""
        return _short_digest(canonical_text(self))

    def rule_on(self, on_day: date) -> Rule | None:
        """The rule in force on that day."""
        for dated_rule in self.rules:
            if dated_rule.in_force.holds_on(on_day):
                return dated_rule
        return None


@lru_cache(maxsize=1024)
def rule_version(duty: Duty, dated_rule: Rule) -> str:
    """The hash of the duty and of that rule, with the force's own numbers.

    Shape:   the day on which a rule ends is left out, so that ending a rule changes nothing already found under it.
    """
    duty_parts = [
        f"{duty_field.name}={canonical_text(getattr(duty, duty_field.name))}"
        for duty_field in fields(duty)
        if duty_field.name != "rules"
    ]
    rule_parts = [
        f"{rule_field.name}={canonical_text(getattr(dated_rule, rule_field.name))}"
        for rule_field in fields(dated_rule)
        if rule_field.name not in {"in_force", "superseded"}
    ]
    rule_parts.append(f"from={canonical_text(dated_rule.in_force.first)}")
    return _short_digest("\n".join([*duty_parts, *rule_parts]))


def canonical_text(value: object) -> str:
    """The one way of writing a declaration: every field by name, in the order declared."""
    if is_dataclass(value) and not isinstance(value, type):
        inside = ",".join(
            f"{value_field.name}={canonical_text(getattr(value, value_field.name))}" for value_field in fields(value)
        )
        return f"{type(value).__name__}({inside})"
    if isinstance(value, tuple):
        return "[" + ",".join(canonical_text(element) for element in value) + "]"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    return repr(value)


def _short_digest(declared_text: str) -> str:
    return hashlib.sha256(declared_text.encode()).hexdigest()[:16]
