"""Look for people: by names, dates, places and numbers, each found with the reason why, cut to what the viewer may open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from duecare.access.act import Act
from duecare.access.scope import Scope, scope
from duecare.access.thing import PEOPLE
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read
from duecare.authorisation.request import Request
from duecare.config import Config, read_config
from duecare.linkage import Model
from duecare.person.asked import Asked, read_asked
from duecare.person.reasons import weighed_reasons
from duecare.person.weigh import Weighed
from duecare.record.pole import PersonRecord, RecordKey
from duecare.store.facts.fact_lookup import facts_of_person, records_known, sealed_records
from duecare.store.ledger.opaque_ids import RECORD, Name
from duecare.store.linkage.linked_people import all_records_of, records_named, whose_are
from duecare.store.search import candidate_search as index
from duecare.store.search import search_index
from duecare.timeline.weave import given_birth
from duecare.use_cases.linkage.linkage_settings import kept_model
from duecare.visibility.case_scope import person_thing
from duecare.visibility.display_names import full_name
from duecare.visibility.pointer_only import pointer_sources, pointers
from duecare.visibility.sealed_filter import sealed_from, sealed_people
from duecare.vocabulary.moments import london_day
from duecare.vocabulary.partial import PartialDate

MOST: Final = 50
_BEYOND: Final = 5
_FAR_BELOW: Final = 20.0
_AT_ONE_LOOK: Final = 20_000
RESTRICTED: Final = (
    "restricted, ask: someone whom you may not open fits this; ask the owner of the restriction, or MASH"
)
_NAMED: Final = frozenset({"in full", "same", "short form"})


@dataclass(frozen=True, slots=True)
class PersonFound:
    """Who may be meant, how well they fit, and why?

    Shape:   `person` is None where somebody fits whom the viewer may not open: nothing else is told of them then, and
             however many there are, it is told once.
    Units:   score in bits, as linkage weighs a pair of records.
    """

    person: str | None
    score: float | None
    reasons: tuple[str, ...]
    names: tuple[str, ...] = ()
    born: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Who was found, best first, and does the index count everything that has been received?"""

    found: tuple[PersonFound, ...] = ()
    is_whole: bool = True
    is_asked: bool = False


def search(request: Request, text: str, *, born: str = "", near: str = "", limit: int = 10) -> SearchPage:
    """Who may be meant by this?

    Shape:   names in any order, spelt as heard, short forms, initials; a birth date, a part of one or an age; postcode,
             address, telephone, email, identifiers. At most `limit` people, 50 at the most. What is sealed is not there.
    Raises:  ACC-003 when the viewer may not search.
    """
    return search_for(
        request, read_asked(text, birth_text=born, near_text=near, today=london_day(request.now)), limit=limit
    )


def search_for(request: Request, *asked: Asked, limit: int = 10) -> SearchPage:
    """Who may be meant by any of these, each person once and as they fit best? Otherwise as `search`.

    Raises:  ACC-003 when the viewer may not search.
    """
    authorise(request, Act.SEARCH, PEOPLE)
    config = read_config()
    wanted = [one for one in asked if not one.is_empty]
    if not wanted:
        log_read(request, Act.SEARCH)
        return SearchPage()
    check_ledger_writable(request, Act.SEARCH)
    is_whole = search_index.bring_up_to_date(most=_AT_ONE_LOOK).is_whole
    limit = max(1, min(limit, MOST))
    best: dict[str | None, PersonFound] = {}
    names: set[Name] = set()
    for one in wanted:
        found, named = _found(request, config, one, limit)
        names |= named
        for person in found:
            held = best.get(person.person)
            if held is None or (person.score or 0.0) > (held.score or 0.0):
                best[person.person] = person
    log_read(request, Act.SEARCH, names)
    in_order = sorted(best.values(), key=lambda one: (one.person is None, -(one.score or 0.0), one.person or ""))
    return SearchPage(tuple(in_order[: limit + 1]), is_whole, is_asked=True)


def _found(request: Request, config: Config, asked: Asked, limit: int) -> tuple[list[PersonFound], set[Name]]:
    """Who is found and may be shown, and under which names the ledger speaks of them.

    Shape:   where some may not be shown, as many people are looked at whoever fits, and other spellings are always tried:
             how long it takes tells nothing of those who are not shown.
    """
    seen, model = scope(request.viewer), kept_model(config)
    shut = sealed_from(seen, request.now)
    matches = index.search(
        asked,
        model.weights,
        sure=model.thresholds.join,
        by_right=Act.SEARCH_GUARDED in request.viewer.acts,
        also=_open_though_sealed(shut),
        thorough=not seen.everything,
    ).matches
    best = _by_person(matches[: 4 * (limit + _BEYOND)], shut)
    shown: list[PersonFound] = []
    names: set[Name] = set()
    hidden: list[index.Match] = []
    wanted = {person: best[person] for person in list(best)[: limit + _BEYOND]}
    whole = _held_of(wanted) if seen.everything and not pointer_sources(request, config) else None
    for person, fitting in wanted.items():
        if whole is None:
            records, fits, barred = _seen_of(request, config, seen, person, fitting)
        else:
            records, fits, barred = whole[person], fitting[0], []
        if fits is None:
            hidden += barred
            continue
        shown.append(_person(person, fits, records))
        names |= {(RECORD, record.key.source, record.key.record_id) for record in records}
    if not seen.everything:
        for record in index.some_records(repr(asked), limit + _BEYOND - len(wanted)):
            facts_of_person(whose_are([record])[record], None)
    shown = _not_far_below(sorted(shown, key=lambda one: (-(one.score or 0.0), one.person or ""))[:limit], model)
    sure = [match for match in hidden if _identifies(match.weighed, model)]
    if sure:
        shown.append(PersonFound(None, None, (RESTRICTED,)))
        names |= {(RECORD, *match.record) for match in sure}
    return shown, names


def _not_far_below(shown: list[PersonFound], model: Model) -> list[PersonFound]:
    """Those shown, but where the first fits for sure, none that fits a million times less."""
    best = shown[0].score if shown else None
    if best is None or best < model.thresholds.join:
        return shown
    return [one for one in shown if one.score is not None and one.score >= best - _FAR_BELOW]


def _open_though_sealed(shut: set[str]) -> set[RecordKey]:
    """The records of sealed people whom this viewer may open all the same, being named on them."""
    is_open = sealed_people() - shut
    if not is_open:
        return set()
    whose = whose_are(sealed_records())
    return (
        all_records_of(is_open) | records_named(is_open) | {key for key, person in whose.items() if person in is_open}
    )


def _by_person(matches: Iterable[index.Match], shut: set[str]) -> dict[str, list[index.Match]]:
    matches = list(matches)
    whose = whose_are(match.record for match in matches)
    found: dict[str, list[index.Match]] = {}
    for match in matches:
        if whose[match.record] not in shut:
            found.setdefault(whose[match.record], []).append(match)
    return found


def _held_of(wanted: Mapping[str, list[index.Match]]) -> dict[str, list[PersonRecord]]:
    """The records of each of these people, looked up together: of a viewer who may open every one of them."""
    keys = all_records_of(wanted) | {match.record for matches in wanted.values() for match in matches}
    known = records_known(keys)
    found: dict[str, list[PersonRecord]] = {person: [] for person in wanted}
    for key, person in whose_are(known).items():
        found[person].append(known[key])
    return found


def _seen_of(
    request: Request, config: Config, seen: Scope, person: str, matches: list[index.Match]
) -> tuple[list[PersonRecord], index.Match | None, list[index.Match]]:
    """This person's records that may be shown, the best that fits, and those that fit and may not be shown."""
    own, facts = facts_of_person(person, None)
    held = [facts.persons[key] for key in own if key in facts.persons]
    if not seen.admits_person(person_thing(person, own, facts, request.now)):
        return [], None, matches
    mine = (event for event in facts.events if any(tie.record in own for tie in event.ties))
    veil = pointers(request, config, (event.case for event in mine))
    open_ones = [match for match in matches if not veil.hides_record(match.record)]
    if not open_ones:
        return [], None, matches
    return list(veil.said_by(held)), open_ones[0], []


def _person(person: str, fits: index.Match, records: Iterable[PersonRecord]) -> PersonFound:
    records = sorted(records, key=lambda record: record.key)
    dates = [record.born for record in records if isinstance(record.born, PartialDate)]
    own = [record.born for record in records if record.key == fits.record and isinstance(record.born, PartialDate)]
    born = own[0] if own else given_birth(dates)
    names = {full_name(record) for record in records} | {name for r in records for name in r.also_known_as}
    return PersonFound(
        person=person,
        score=round(fits.weighed.weight, 2),
        reasons=weighed_reasons(fits.weighed),
        names=tuple(sorted(names)),
        born=str(born) if isinstance(born, PartialDate) else None,
        sources=tuple(sorted({record.key.source for record in records})),
    )


def _identifies(weighed: Weighed, model: Model) -> bool:
    """Does what was asked name one person by itself, so that nobody is found who was only guessed at?"""
    levels = weighed.levels
    if levels.get("identifier") == "shared":
        return True
    is_named = levels.get("given") in _NAMED and levels.get("family") == "same" and levels.get("born") == "same"
    return is_named and weighed.weight >= model.thresholds.join
