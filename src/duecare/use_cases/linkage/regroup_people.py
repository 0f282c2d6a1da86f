"""Group anew what hangs together with some records, as if everything were linked again, and leave everybody else as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from duecare.config import Config
from duecare.linkage import bounds_for
from duecare.person.compared import Compared, compared_record
from duecare.person.guard import Guards, guard_pair
from duecare.person.identity import founding_record, record_person_id
from duecare.person.judgement import Settled, settle_judgements
from duecare.person.pair import probability_of
from duecare.person.regroup import Bounds, KeyPair, Known, group_records, is_tie, ordered_pair
from duecare.person.weigh import COUNTED, Weights, weigh_pair
from duecare.record.pole import RecordKey
from duecare.store.facts.fact_lookup import records_known
from duecare.store.linkage import linkage_runs
from duecare.store.linkage.linked_people import all_records_of, judgements, keep_pairs, whose_are
from duecare.store.linkage.record_terms import term_of
from duecare.store.models import LinkRun
from duecare.store.search.name_neighbours import Near
from duecare.use_cases.linkage.linkage_settings import linked_by


@dataclass(frozen=True, slots=True)
class Relinked:
    """Which records changed hands, and whose?

    Shape:   `moved`: record to (person before, person now), only those that moved; empty where the record was not linked
             before, or is withdrawn. `people`: every id that was, or is, one of theirs.
    """

    moved: Mapping[RecordKey, tuple[str, str]] = field(default_factory=dict)

    @property
    def people(self) -> frozenset[str]:
        """Every id that people had or have of whose records some moved."""
        return frozenset(person for two in self.moved.values() for person in two if person)


def relink(config: Config, records: Iterable[RecordKey], *, changed: Iterable[RecordKey] = ()) -> Relinked:
    """Who are these records' people now, by the judgements that stand?

    Shape:   call inside the transaction of what was said of them. `changed` are records that say something new, or are
             new, or withdrawn: only they are weighed against others anew. Model, guards and how frequent a name is are
             those by which all was linked last. Nothing happens where nothing was ever linked.
    Raises:  CFG-002, LNK-001 where the policy or the model cannot be read.
    """
    run = linkage_runs.hold_linkage()
    if run is None:
        return Relinked()
    by = _Relinking(config, run)
    anew = set(changed)
    by.weigh_anew(anew)
    return by.regroup(set(records) | anew)


def joined(found: Relinked) -> set[RecordKey]:
    """Which records are of people into whom records of several came together? Nobody's where some only parted."""
    came: dict[str, set[str]] = {}
    for one, (was, now) in found.moved.items():
        if now:
            came.setdefault(now, set()).add(was or f"unlinked {one}")
    stayed = all_records_of(came) - found.moved.keys()
    for person in set(whose_are(stayed).values()):
        came[person].add(person)
    return all_records_of(person for person, others in came.items() if len(others) > 1)


class _Relinking:
    """One regrouping: what stands, and what has been looked up so far."""

    def __init__(self, config: Config, run: LinkRun) -> None:
        self._run = run
        model, guards = linked_by(config, run)
        self._guards: Guards = guards
        own = bounds_for(model.thresholds, self._guards)
        self._bounds = Bounds(own.join, own.split)
        self._review = own.review
        self._standing: Settled = settle_judgements(judgements())
        self._weights: Weights = model.weights(run.records)
        self._frequent = Frequent(run, self._weights)
        self._compared: dict[RecordKey, Compared] = {}

    def weigh_anew(self, changed: set[RecordKey]) -> None:
        """Put what these records weigh with others now in the place of what was kept of them.

        Shape:   with those near to them by the index, and with those with whom a pair was kept: the linkage of everything
                 may have met them by a key that is too common for the index.
        """
        if not changed:
            return
        before: dict[RecordKey, set[RecordKey]] = {}
        for a, b in linkage_runs.ties_of(self._run, changed):
            before.setdefault(a, set()).add(b)
            before.setdefault(b, set()).add(a)
        linkage_runs.forget_ties(self._run, changed)
        now = {key: compared_record(record) for key, record in records_known(changed).items()}
        self._compared |= now
        self._compared_of(set(before))
        near = Near()
        found: dict[KeyPair, Known] = {}
        for key, record in now.items():
            others = near.to(record, key)
            self._compared |= {other: one for other, one in others.items() if other not in changed}
            for other in others.keys() | before.get(key, set()):
                if other in self._compared:
                    found.setdefault(ordered_pair(key, other), self._weigh(key, other))
        rows = []
        for (a, b), known in sorted(found.items()):
            if known.weight >= self._review:
                held = guard_pair(known.levels, self._guards)
                levels = "".join(f"{name}={level};" for name, level in known.levels.items())
                why = held.reason if held else ""
                rows.append((str(a), str(b), known.weight, probability_of(known.weight), levels, why))
        keep_pairs(self._run, rows)

    def regroup(self, records: set[RecordKey]) -> Relinked:
        """Group all that hangs together with these records, or did, and move those whose person is another now."""
        before = linkage_runs.people_held(self._run, records)
        wanted = records | all_records_of(before.values())
        ties, reached = self._hanging_together(wanted)
        before = linkage_runs.people_held(self._run, reached)
        standing = set(self._compared_of(reached))
        people = group_records(standing, ties, self._weigh, self._standing, self._guards, self._bounds)
        times = linkage_runs.first_written(standing)
        now: dict[RecordKey, str] = {}
        for members in people:
            person = record_person_id(founding_record((times.get(one), one) for one in members))
            now |= dict.fromkeys(members, person)
        moved = {
            one: (before.get(one, ""), now.get(one, ""))
            for one in sorted(reached)
            if before.get(one, "") != now.get(one, "")
        }
        linkage_runs.move(self._run, moved)
        self._run.people += len(set(now.values())) - len({before[one] for one in reached & before.keys()})
        self._run.save(update_fields=["people"])
        return Relinked(moved)

    def _hanging_together(self, wanted: set[RecordKey]) -> tuple[dict[KeyPair, Known], set[RecordKey]]:
        """Everything that pairs which join, or humans who said so, tie to these, step by step; and their pairs."""
        barred = {ordered_pair(*pair) for pair in (*self._standing.barred, *self._standing.held)}
        glued: dict[RecordKey, set[RecordKey]] = {}
        for a, b in self._standing.glued:
            glued.setdefault(a, set()).add(b)
            glued.setdefault(b, set()).add(a)
        ties: dict[KeyPair, Known] = {}
        reached: set[RecordKey] = set()
        while further := wanted - reached:
            reached |= further
            new = linkage_runs.ties_of(self._run, further)
            ties |= new
            joined = {one for pair, known in new.items() if pair not in barred and self._ties(known) for one in pair}
            joined |= {other for one in further for other in glued.get(one, ())}
            # Whoever shares a person with one of them may have been tied to them by what no longer stands.
            wanted = joined | all_records_of(linkage_runs.people_held(self._run, joined - reached).values())
        return ties, reached

    def _ties(self, known: Known) -> bool:
        return is_tie(known, self._guards, self._bounds)

    def _compared_of(self, records: set[RecordKey]) -> dict[RecordKey, Compared]:
        """What these records have to compare; those that do not stand any more are left out."""
        lacking = records - self._compared.keys()
        self._compared |= {key: compared_record(record) for key, record in records_known(lacking).items()}
        return {key: self._compared[key] for key in records if key in self._compared}

    def _weigh(self, a: RecordKey, b: RecordKey) -> Known:
        first, second = ordered_pair(a, b)
        both = self._compared_of({first, second})
        one = weigh_pair(both[first], both[second], self._weights, self._frequent.of)
        return Known(one.weight, one.levels)


class Frequent:
    """How frequent a term was among all records when they were linked last."""

    def __init__(self, run: LinkRun, weights: Weights) -> None:
        self._run = run
        self._weights = weights
        self._known: dict[tuple[str, str], float] = {}
        self._totals = linkage_runs.terms_kept(run, map(term_of, COUNTED))

    @property
    def is_known(self) -> bool:
        """Was it counted? Not by a linkage of before it was."""
        return bool(self._totals)

    def of(self, column: str, term: str) -> float:
        """How frequent is this term? A proportion, above 0."""
        known = self._known.get((column, term))
        if known is None:
            number = linkage_runs.terms_kept(self._run, [term_of(column, term)]).get(term_of(column, term), 1)
            total = max(self._totals.get(term_of(column), 1), 1)
            known = self._known[column, term] = self._weights.frequency(column, number, total)
        return known
