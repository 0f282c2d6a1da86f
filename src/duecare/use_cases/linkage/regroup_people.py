"""Regroup what is linked with some records, as if everything were linked again, and leave everybody else as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from duecare.config import Config
from duecare.linkage import thresholds_in_force
from duecare.person.comparable_record import Compared, compared_record
from duecare.person.group_part import Bounds, KeyPair, KnownPeople, group_records, is_tie, ordered_pair
from duecare.person.guard import Guards, guard_pair
from duecare.person.identity import founding_record, record_person_id
from duecare.person.pair import probability_of
from duecare.person.standing_judgements import Settled, settle_judgements
from duecare.person.weigh import COUNTED, Weights, weigh_pair
from duecare.record.pole import RecordKey
from duecare.store.facts.fact_lookup import records_known
from duecare.store.linkage import linkage_runs
from duecare.store.linkage.linked_people import LinkageRun, all_records_of, keep_pairs, standing_judgements, whose_are
from duecare.store.linkage.record_terms import term_of
from duecare.store.search.name_neighbours import RecordNeighbours
from duecare.use_cases.linkage.linkage_settings import linked_by


@dataclass(frozen=True, slots=True)
class RegroupResult:
    """The records that moved, each with its person before and after.

    Shape:   `moved`: record to (person before, person now), only those that moved; empty where the record was not linked
             before, or is withdrawn. `people`: every id that was, or is, one of theirs.
    """

    moved: Mapping[RecordKey, tuple[str, str]] = field(default_factory=dict)

    @property
    def people(self) -> frozenset[str]:
        """Every id, before or after, of people some of whom lost or gained records."""
        return frozenset(person for moved_pair in self.moved.values() for person in moved_pair if person)


def regroup_records(
    config: Config, records: Iterable[RecordKey], *, changed: Iterable[RecordKey] = ()
) -> RegroupResult:
    """Regroup these records into people, by the judgements that stand.

    Shape:   call inside the transaction of what was said of them. `changed` are records that say something new, or are
             new, or withdrawn: only they are weighed against others again. Model, guards and how frequent a name is are
             those by which all was linked last. Nothing happens where nothing was ever linked.
    Raises:  CFG-002, LNK-001 where the policy or the model cannot be read.
    """
    link_run = linkage_runs.hold_linkage()
    if link_run is None:
        return RegroupResult()
    relinking = _Relinking(config, link_run)
    records_again = set(changed)
    relinking.weigh_again(records_again)
    return relinking.regroup(set(records) | records_again)


def joined_records(relinked: RegroupResult) -> set[RecordKey]:
    """The records of people into whom records of several came together; none where some only parted."""
    records_by_person: dict[str, set[str]] = {}
    for record_key, (person_before, person_now) in relinked.moved.items():
        if person_now:
            records_by_person.setdefault(person_now, set()).add(person_before or f"unlinked {record_key}")
    stayed = all_records_of(records_by_person) - relinked.moved.keys()
    for person in set(whose_are(stayed).values()):
        records_by_person[person].add(person)
    return all_records_of(person for person, others in records_by_person.items() if len(others) > 1)


class _Relinking:
    """One regrouping: what stands, and what has been looked up so far."""

    def __init__(self, config: Config, link_run: LinkageRun) -> None:
        self._run = link_run
        model, guards = linked_by(config, link_run)
        self._guards: Guards = guards
        bounds_used = thresholds_in_force(model.thresholds, self._guards)
        self._bounds = Bounds(bounds_used.join, bounds_used.split)
        self._review = bounds_used.review
        self._standing: Settled = settle_judgements(standing_judgements())
        self._weights: Weights = model.weights(link_run.records)
        self._frequent = Frequent(link_run, self._weights)
        self._compared: dict[RecordKey, Compared] = {}

    def weigh_again(self, changed: set[RecordKey]) -> None:
        """Put what these records weigh with others now in place of what was kept of them.

        Shape:   with those near to them by the index, and with those with whom a pair was kept: the linkage of everything
                 may have met them by a key that is too common for the index.
        """
        if not changed:
            return
        before: dict[RecordKey, set[RecordKey]] = {}
        for first_record, second_record in linkage_runs.ties_of(self._run, changed):
            before.setdefault(first_record, set()).add(second_record)
            before.setdefault(second_record, set()).add(first_record)
        linkage_runs.forget_ties(self._run, changed)
        records_now = {record_key: compared_record(record) for record_key, record in records_known(changed).items()}
        self._compared |= records_now
        self._compared_of(set(before))
        neighbours = RecordNeighbours()
        known_pairs: dict[KeyPair, KnownPeople] = {}
        for record_key, record in records_now.items():
            others = neighbours.to(record, record_key)
            self._compared |= {
                other_key: compared_record_of
                for other_key, compared_record_of in others.items()
                if other_key not in changed
            }
            for other_key in others.keys() | before.get(record_key, set()):
                if other_key in self._compared:
                    known_pairs.setdefault(ordered_pair(record_key, other_key), self._weigh(record_key, other_key))
        pair_rows = []
        for (first_record, second_record), known_pair in sorted(known_pairs.items()):
            if known_pair.weight >= self._review:
                guard_result = guard_pair(known_pair.levels, self._guards)
                levels = "".join(f"{column_name}={level};" for column_name, level in known_pair.levels.items())
                guard_reason = guard_result.reason if guard_result else ""
                pair_rows.append(
                    (
                        str(first_record),
                        str(second_record),
                        known_pair.weight,
                        probability_of(known_pair.weight),
                        levels,
                        guard_reason,
                    )
                )
        keep_pairs(self._run, pair_rows)

    def regroup(self, records: set[RecordKey]) -> RegroupResult:
        """Group all that is or was linked with these records, and move those that now belong to another person."""
        before = linkage_runs.people_held(self._run, records)
        wanted_records = records | all_records_of(before.values())
        pair_links, records_reached = self._hanging_together(wanted_records)
        before = linkage_runs.people_held(self._run, records_reached)
        standing = set(self._compared_of(records_reached))
        people = group_records(standing, pair_links, self._weigh, self._standing, self._guards, self._bounds)
        times = linkage_runs.first_written(standing)
        people_now: dict[RecordKey, str] = {}
        for members in people:
            person = record_person_id(founding_record((times.get(record_key), record_key) for record_key in members))
            people_now |= dict.fromkeys(members, person)
        moved = {
            record_key: (before.get(record_key, ""), people_now.get(record_key, ""))
            for record_key in sorted(records_reached)
            if before.get(record_key, "") != people_now.get(record_key, "")
        }
        linkage_runs.move_records(self._run, moved)
        people_before = {before[record_key] for record_key in records_reached & before.keys()}
        more_people = len(set(people_now.values())) - len(people_before)
        linkage_runs.keep_people_count(self._run, self._run.people + more_people)
        return RegroupResult(moved)

    def _hanging_together(self, wanted_records: set[RecordKey]) -> tuple[dict[KeyPair, KnownPeople], set[RecordKey]]:
        """Everything that pairs which join, or humans who said so, tie to these, step by step; and their pairs."""
        barred = {ordered_pair(*key_pair) for key_pair in (*self._standing.barred, *self._standing.held)}
        glued: dict[RecordKey, set[RecordKey]] = {}
        for first_record, second_record in self._standing.glued:
            glued.setdefault(first_record, set()).add(second_record)
            glued.setdefault(second_record, set()).add(first_record)
        pair_links: dict[KeyPair, KnownPeople] = {}
        records_reached: set[RecordKey] = set()
        while further := wanted_records - records_reached:
            records_reached |= further
            new_links = linkage_runs.ties_of(self._run, further)
            pair_links |= new_links
            joined = {
                record_key
                for key_pair, known_pair in new_links.items()
                if key_pair not in barred and self._ties(known_pair)
                for record_key in key_pair
            }
            joined |= {other_key for record_key in further for other_key in glued.get(record_key, ())}
            # Whoever shares a person with one of them may have been tied to them by what no longer stands.
            wanted_records = joined | all_records_of(
                linkage_runs.people_held(self._run, joined - records_reached).values()
            )
        return pair_links, records_reached

    def _ties(self, known_pair: KnownPeople) -> bool:
        return is_tie(known_pair, self._guards, self._bounds)

    def _compared_of(self, records: set[RecordKey]) -> dict[RecordKey, Compared]:
        """What these records have to compare; those that do not stand any more are left out."""
        lacking = records - self._compared.keys()
        self._compared |= {record_key: compared_record(record) for record_key, record in records_known(lacking).items()}
        return {record_key: self._compared[record_key] for record_key in records if record_key in self._compared}

    def _weigh(self, first_record: RecordKey, second_record: RecordKey) -> KnownPeople:
        earlier_record, second = ordered_pair(first_record, second_record)
        both_records = self._compared_of({earlier_record, second})
        pair_weighed = weigh_pair(both_records[earlier_record], both_records[second], self._weights, self._frequent.of)
        return KnownPeople(pair_weighed.weight, pair_weighed.levels)


class Frequent:
    """How frequent a term was among all records when they were linked last."""

    def __init__(self, link_run: LinkageRun, weights: Weights) -> None:
        self._run = link_run
        self._weights = weights
        self._known: dict[tuple[str, str], float] = {}
        self._totals = linkage_runs.terms_kept(link_run, map(term_of, COUNTED))

    @property
    def is_known(self) -> bool:
        """Whether it was counted; a linkage older than the count did not."""
        return bool(self._totals)

    def of(self, column: str, term_text: str) -> float:
        """The frequency of this term: a proportion, above 0."""
        known_frequency = self._known.get((column, term_text))
        if known_frequency is None:
            number = linkage_runs.terms_kept(self._run, [term_of(column, term_text)]).get(term_of(column, term_text), 1)
            total = max(self._totals.get(term_of(column), 1), 1)
            known_frequency = self._known[column, term_text] = self._weights.frequency(column, number, total)
        return known_frequency
