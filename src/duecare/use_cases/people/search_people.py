"""Look for people, each found with the reason why: sealed people are not there, restricted ones are a line without a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from duecare.access.act import Act
from duecare.access.thing import PEOPLE
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read
from duecare.authorisation.request import Request
from duecare.config import Config, read_config
from duecare.linkage import Model
from duecare.person.search_order import best_first, without_far_below
from duecare.person.search_reasons import weighed_reasons
from duecare.person.search_text import Asked, read_asked
from duecare.person.weigh import Weighed
from duecare.record.pole import RecordKey
from duecare.store.facts.fact_lookup import facts_of_person, records_known, sealed_cases, sealed_records
from duecare.store.facts.sealed_records import records_only_in
from duecare.store.ledger.opaque_ids import RECORD, LedgerRef
from duecare.store.linkage.linked_people import all_records_of, records_named, whose_are
from duecare.store.search import candidate_search as index
from duecare.store.search import search_index
from duecare.timeline.weave import given_birth
from duecare.use_cases.linkage.linkage_settings import kept_model
from duecare.visibility.display_names import full_name
from duecare.visibility.sealed_filter import sealed_people
from duecare.visibility.view import Visibility, visibility_for_lists
from duecare.visibility.visible import VisibleRecord
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.page_sizes import MOST_PEOPLE_FOUND, PEOPLE_FOUND
from duecare.vocabulary.partial_date import PartialDate

_BEYOND: Final = 5
_AT_ONE_LOOK: Final = 20_000
RESTRICTED: Final = (
    "restricted, ask: someone whom you may not open fits this; ask the owner of the restriction, or MASH"
)
_NAMED: Final = frozenset({"in full", "same", "short form"})


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A person who may be meant, how well they fit, and why.

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
    """The people found, best first, and whether the index counts everything that has been received."""

    found: tuple[PersonFound, ...] = ()
    is_whole: bool = True
    is_asked: bool = False


def search_people_by_text(
    request: Request, search_text: str, *, born_text: str = "", near_place: str = "", limit: int = PEOPLE_FOUND
) -> SearchPage:
    """The people who may be meant by this text.

    Shape:   names in any order, spelt as heard, short forms, initials; a birth date, a part of one or an age; postcode,
             address, telephone, email, identifiers. At most `limit` people, 50 at the most. What is sealed is not there.
    Raises:  ACC-003 when the viewer may not search.
    """
    return search_for(
        request,
        read_asked(search_text, birth_text=born_text, near_text=near_place, today=london_day(request.now)),
        limit=limit,
    )


def search_for(request: Request, *asked: Asked, limit: int = PEOPLE_FOUND) -> SearchPage:
    """The people who may be meant by any of these, each once and as they fit best; otherwise as `search_people_by_text`.

    Raises:  ACC-003 when the viewer may not search.
    """
    authorise(request, Act.SEARCH, PEOPLE)
    config = read_config()
    wanted_searches = [asked_search for asked_search in asked if not asked_search.is_empty]
    if not wanted_searches:
        log_read(request, Act.SEARCH)
        return SearchPage()
    check_ledger_writable(request, Act.SEARCH)
    is_whole = search_index.update_index(most_records=_AT_ONE_LOOK).is_whole
    limit = max(1, min(limit, MOST_PEOPLE_FOUND))
    best_by_person: dict[str | None, PersonFound] = {}
    names: set[LedgerRef] = set()
    for asked_search in wanted_searches:
        people_found, names_found = _people_found(request, config, asked_search, limit)
        names |= names_found
        for person in people_found:
            best_so_far = best_by_person.get(person.person)
            if best_so_far is None or (person.score or 0.0) > (best_so_far.score or 0.0):
                best_by_person[person.person] = person
    log_read(request, Act.SEARCH, names)
    return SearchPage(tuple(best_first(best_by_person.values())[: limit + 1]), is_whole, is_asked=True)


def _people_found(
    request: Request, config: Config, asked: Asked, limit: int
) -> tuple[list[PersonFound], set[LedgerRef]]:
    """Who is found and may be shown, and under which names the ledger speaks of them.

    Shape:   where some may not be shown, as many people are looked at whoever fits, and other spellings are always tried:
             how long it takes tells nothing of those who are not shown.
    """
    visible, model = visibility_for_lists(request, config), kept_model(config)
    scope_seen = visible.scope
    matches = index.search_candidates(
        asked,
        model.weights,
        sure_weight=model.thresholds.join,
        by_right=Act.SEARCH_GUARDED in request.viewer.acts,
        also_records=_open_though_sealed(visible),
        thorough=not scope_seen.everything,
    ).matches
    best_matches = _by_person(matches[: 4 * (limit + _BEYOND)], visible)
    people_shown: list[PersonFound] = []
    names: set[LedgerRef] = set()
    hidden: list[index.Match] = []
    wanted_matches = {person: best_matches[person] for person in list(best_matches)[: limit + _BEYOND]}
    whole = _held_of(wanted_matches, visible) if scope_seen.everything and not visible.pointer_only.sources else None
    for person, fitting in wanted_matches.items():
        if whole is None:
            records, match_shown, barred = _seen_of(visible, person, fitting)
        else:
            records, match_shown, barred = whole[person], fitting[0], []
        if match_shown is None:
            hidden += barred
            continue
        people_shown.append(_person_found(person, match_shown, records))
        names |= {(RECORD, record.key.source, record.key.record_id) for record in records}
    if not scope_seen.everything:
        for record in index.some_records(repr(asked), limit + _BEYOND - len(wanted_matches)):
            facts_of_person(whose_are([record])[record], None)
    people_shown = without_far_below(best_first(people_shown)[:limit], model.thresholds.join)
    sure_matches = [match for match in hidden if _identifies_person(match.weighed, model)]
    if sure_matches:
        people_shown.append(PersonFound(None, None, (RESTRICTED,)))
        names |= {(RECORD, *match.record) for match in sure_matches}
    return people_shown, names


def _open_though_sealed(visible: Visibility) -> set[RecordKey]:
    """The records of sealed people whom this viewer may open all the same, being named on them."""
    only_sealed = records_only_in(sealed_cases()) - visible.sealed.records
    is_open = sealed_people() - visible.sealed.people
    if not is_open:
        return only_sealed
    person_of_record = whose_are(sealed_records())
    return (
        only_sealed
        | all_records_of(is_open)
        | records_named(is_open)
        | {record_key for record_key, person in person_of_record.items() if person in is_open}
    )


def _by_person(matches: Iterable[index.Match], visible: Visibility) -> dict[str, list[index.Match]]:
    matches = list(matches)
    person_of_record = whose_are(match.record for match in matches)
    matches_by_person: dict[str, list[index.Match]] = {}
    for match in matches:
        if not visible.sealed.hides_record(match.record, person_of_record[match.record]):
            matches_by_person.setdefault(person_of_record[match.record], []).append(match)
    return matches_by_person


def _held_of(wanted_matches: Mapping[str, list[index.Match]], visible: Visibility) -> dict[str, list[VisibleRecord]]:
    """The records of each of these people, looked up together: of a viewer who may open every one of them."""
    record_keys = all_records_of(wanted_matches) | {
        match.record for matches in wanted_matches.values() for match in matches
    }
    known_records = records_known(record_keys)
    records_by_person: dict[str, list[VisibleRecord]] = {person: [] for person in wanted_matches}
    person_of_record = whose_are(known_records)
    for record in visible.records_shown(known_records.values()):
        records_by_person[person_of_record[record.key]].append(record)
    return records_by_person


def _seen_of(
    visible: Visibility, person: str, matches: list[index.Match]
) -> tuple[list[VisibleRecord], index.Match | None, list[index.Match]]:
    """This person's records that may be shown, the best that fits, and those that fit and may not be shown."""
    opened = visible.records_of(person)
    open_ones = [match for match in matches if match.record in opened]
    if not open_ones:
        return [], None, matches
    return list(opened.values()), open_ones[0], []


def _person_found(person: str, match_shown: index.Match, records: Iterable[VisibleRecord]) -> PersonFound:
    records = sorted(records, key=lambda record: record.key)
    dates = [record.born for record in records if isinstance(record.born, PartialDate)]
    own_dates = [
        record.born for record in records if record.key == match_shown.record and isinstance(record.born, PartialDate)
    ]
    birth_shown = own_dates[0] if own_dates else given_birth(dates)
    names = {full_name(record) for record in records} | {
        person_name for visible_record in records for person_name in visible_record.also_known_as
    }
    return PersonFound(
        person=person,
        score=round(match_shown.weighed.weight, 2),
        reasons=weighed_reasons(match_shown.weighed),
        names=tuple(sorted(names)),
        born=str(birth_shown) if isinstance(birth_shown, PartialDate) else None,
        sources=tuple(sorted({record.key.source for record in records})),
    )


def _identifies_person(weighed: Weighed, model: Model) -> bool:
    """Whether what was asked names one person by itself, so that nobody is found who was only guessed at."""
    levels = weighed.levels
    if levels.get("identifier") == "shared":
        return True
    is_named = levels.get("given") in _NAMED and levels.get("family") == "same" and levels.get("born") == "same"
    return is_named and weighed.weight >= model.thresholds.join
