"""Which judgements of two records stand, so that "different" outlives every linkage, and which of two that clash wins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from duecare.person.judgement import Judgement, Verdict
from duecare.record.pole import RecordKey


def in_force(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements in force: of those not undone, the latest on each two records.

    Shape:   ordered from the latest to the earliest; empty if none stands.
    """
    standing: dict[tuple[RecordKey, RecordKey], Judgement] = {}
    for judgement in sorted(judgements, key=lambda judgement: judgement.order):
        if judgement.undone_at is None:
            standing[judgement.a, judgement.b] = judgement
    return tuple(sorted(standing.values(), key=lambda judgement: judgement.order, reverse=True))


@dataclass(frozen=True, slots=True)
class Settled:
    """What the judgements in force demand, taken together.

    Shape:   `glued` pairs are one person, `barred` pairs never, `held` pairs do not join by themselves. No chain of
             glued pairs ties two barred records: the later judgement wins, the earlier is listed in `overruled`.
    """

    glued: tuple[tuple[RecordKey, RecordKey], ...] = ()
    barred: tuple[tuple[RecordKey, RecordKey], ...] = ()
    held: tuple[tuple[RecordKey, RecordKey], ...] = ()
    overruled: tuple[str, ...] = ()


def settle_judgements(judgements: Iterable[Judgement]) -> Settled:
    """Settle these judgements, the later overruling an earlier one that cannot stand beside it."""
    glued, barred, held_pairs, overruled = [], [], [], []
    group: dict[RecordKey, set[RecordKey]] = {}
    against: dict[RecordKey, set[RecordKey]] = {}
    for judgement in in_force(judgements):
        first_record, second_record = judgement.a, judgement.b
        first_group, second_group = (
            group.setdefault(first_record, {first_record}),
            group.setdefault(second_record, {second_record}),
        )
        fewer, larger_group = (
            (first_group, second_group) if len(first_group) < len(second_group) else (second_group, first_group)
        )
        if judgement.verdict is Verdict.UNSURE:
            held_pairs.append((first_record, second_record))
        elif judgement.verdict is Verdict.DIFFERENT:
            if second_record in first_group:
                overruled.append(judgement.judgement_id)
            else:
                barred.append((first_record, second_record))
                against.setdefault(first_record, set()).add(second_record)
                against.setdefault(second_record, set()).add(first_record)
        elif any(not against[record_key].isdisjoint(larger_group) for record_key in fewer if record_key in against):
            overruled.append(judgement.judgement_id)
        else:
            glued.append((first_record, second_record))
            larger_group |= fewer
            group.update(dict.fromkeys(fewer, larger_group))
    return Settled(tuple(glued), tuple(barred), tuple(held_pairs), tuple(overruled))


class Standing(Enum):
    """What has become of a judgement."""

    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    OVERRULED = "overruled"
    UNDONE = "undone"


def judgement_standings(judgements: Iterable[Judgement]) -> dict[str, Standing]:
    """What has become of each of these judgements, by its id.

    Shape:   superseded by a later one on the same two records; overruled by later ones that it cannot stand beside.
    """
    all_judgements = tuple(judgements)
    standing = {judgement.judgement_id for judgement in in_force(all_judgements)}
    overruled = set(settle_judgements(all_judgements).overruled)
    standings = {}
    for judgement in all_judgements:
        if judgement.undone_at is not None:
            standings[judgement.judgement_id] = Standing.UNDONE
        elif judgement.judgement_id not in standing:
            standings[judgement.judgement_id] = Standing.SUPERSEDED
        else:
            standings[judgement.judgement_id] = (
                Standing.OVERRULED if judgement.judgement_id in overruled else Standing.IN_FORCE
            )
    return standings
