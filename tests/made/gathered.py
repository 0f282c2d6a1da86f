"""Many made-up scenes at once: drawn from a strategy by a seed, and judged side by side in one run of an engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy
from tests.made.merged import renamed
from tests.made.on_engine import give
from tests.made.timelines import Scene

from duecare.duty.declaration import Duty
from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.evaluate import evaluate_duties
from duecare.duty.engine.finding_reader import stream_findings
from duecare.duty.engine.prepare import prepare_tables
from duecare.duty.force_terms import Terms
from duecare.duty.roster import Roster

T = TypeVar("T")


def gathered(strategy: SearchStrategy[T], number: int, chance: int) -> list[T]:
    """So many examples of this strategy, the same ones for the same chance."""
    found: list[T] = []

    @seed(chance)
    @settings(max_examples=number, phases=[Phase.generate], database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(strategy)
    def keep(one: T) -> None:
        found.append(one)

    keep()
    return found[:number]


class Batch:
    """Scenes under names of their own, judged each for itself and all at once, with everybody's officers and posts.

    Shape:   of posts of the whole force only the first scene's are kept: they are every other scene's too.
    """

    def __init__(self, scenes: Sequence[Scene]) -> None:
        self.scenes = [renamed(made, f"~{number}") for number, made in enumerate(scenes)]
        self.officers = [officer for made in self.scenes for officer in made.officers]
        self.posts = [post for n, made in enumerate(self.scenes) for post in made.posts if post.area or n == 0]

    @property
    def roster(self) -> Roster:
        """Who is an officer, and who holds which post?"""
        return Roster(tuple(self.officers), tuple(self.posts))

    @property
    def cases(self) -> int:
        """How many cases and people are judged?"""
        events = [event for made in self.scenes for event in made.events]
        whose = {record: person for made in self.scenes for record, person in made.whose.items()}
        people = {whose.get(tie.record, str(tie.record)) for event in events for tie in event.ties}
        return len({event.case for event in events if event.case}) + len(people)

    def by_judge(self, as_of: datetime, duties: Sequence[Duty], terms: Terms) -> Iterator[dict[str, object]]:
        """What the judge finds of each scene."""
        for made in self.scenes:
            alone = Scene(made.events, made.persons, made.whose, made.cases, self.officers, self.posts)
            for finding in alone.findings(as_of, duties, terms):
                yield finding.as_json()

    def by_engine(
        self, engine: Engine, as_of: datetime, duties: Sequence[Duty], terms: Terms
    ) -> tuple[list[dict[str, object]], set[str]]:
        """What the engine finds of all of them, and which duties it leaves to the judge."""
        whole = Scene(officers=self.officers, posts=self.posts)
        for made in self.scenes:
            whole.events.extend(made.events)
            whole.persons.update(made.persons)
            whole.whose.update(made.whose)
            whole.cases.update(made.cases)
        give(engine, whole)
        prepare_tables(engine, self.roster)
        left = evaluate_duties(engine, duties, self.roster, as_of, terms)
        return [finding.as_json() for finding in stream_findings(engine)], {duty.id for duty in left}

    def disagreements(
        self, engine: Engine, as_of: datetime, duties: Sequence[Duty], terms: Terms
    ) -> tuple[int, list[str]]:
        """How many findings has the judge, and which findings has only one of the two?"""
        found, left = self.by_engine(engine, as_of, duties, terms)
        wanted = [one for one in self.by_judge(as_of, duties, terms) if one["duty"] not in left]
        ours, judges = sorted(map(str, found)), sorted(map(str, wanted))
        if ours == judges:
            return len(wanted), []
        apart = [f"only the judge: {one}" for one in sorted(set(judges) - set(ours))]
        apart += [f"only the engine: {one}" for one in sorted(set(ours) - set(judges))]
        return len(wanted), apart or ["a finding is there twice"]
