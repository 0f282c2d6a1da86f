"""Children (and some adults) in custody, as the custody system has them: one record a stay, one row a review."""

from __future__ import annotations

from typing import Final

from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, london_text
from duecare.synthetic.force import Detained, Force, Stage
from duecare.synthetic.household import Household, Human
from duecare.synthetic.mess import Written, written_down
from duecare.synthetic.places import Borough

_REASONS: Final = ("arrest", "bail", "warrant", "breach")
_REASONS_UPTO: Final = (0.84, 0.91, 0.96, 1.0)
_PLACES: Final = (*("cell",) * 6, "detention_room")
REVIEW_FIRST: Final = 6 * HOUR_SECONDS
REVIEW_NEXT: Final = 9 * HOUR_SECONDS


def make_detention(force: Force, happened_at: int) -> None:
    """A detention: somebody arrives at a police station, and what follows."""
    chance = force.chance
    household, person = _choose_detainee(force, happened_at)
    borough = household.borough
    force.nominals.arrested.add(person.number)
    record_ref = f"CU{force.number('custody'):07d}"
    written = written_down(person, happened_at, chance, is_known_to_police=True)
    officer = force.staff.pick(borough, "Custody", happened_at).number
    values = opened_values(record_ref, written, borough, happened_at, officer)
    values["arrival_reason"] = chance.weighted(_REASONS, _REASONS_UPTO)
    force.nominals.booked("custody", record_ref, person)
    authorised = happened_at + chance.between(900, 3600)
    placed = authorised + chance.between(300, 1800)
    stages: list[Stage] = [
        (happened_at + 300, {}),
        (authorised + 60, {"authorised_at": london_text(authorised)}),
        (
            placed + 60,
            {
                "placed_in": "cell" if chance.within(0.85) else "detention_room",
                "placed_at": london_text(placed),
                "placed_reason": "" if int(record_ref[2:]) % 5 == 0 else "no other secure room free",
            },
        ),
    ]
    if person.age(happened_at) < 18:
        asked = authorised + chance.between(300, 4 * HOUR_SECONDS)
        came_at = asked + chance.between(HOUR_SECONDS, 6 * HOUR_SECONDS)
        stages.append((asked, {"adult_requested_at": london_text(asked)}))
        stages.append((came_at, {"adult_arrived_at": london_text(came_at)}))
    refused = None
    if chance.within(0.16):
        charged = authorised + chance.between(5, 14) * HOUR_SECONDS
        refused = charged + chance.between(600, 1800)
        left_at = (refused // DAY_SECONDS + 1) * DAY_SECONDS + 9 * HOUR_SECONDS + chance.between(0, 2 * HOUR_SECONDS)
        stages.append((charged, {"charged_at": london_text(charged)}))
        left_at, more_stages = _make_accommodation(force, borough, refused, left_at)
        stages += more_stages
    else:
        left_at = authorised + (
            chance.between(HOUR_SECONDS, 6 * HOUR_SECONDS)
            if chance.within(0.25)
            else chance.between(6, 21) * HOUR_SECONDS
        )
        stages.append(
            (left_at, {"left_at": london_text(left_at), "left_to": "bailed" if chance.within(0.6) else "released"})
        )
    stages = [(entry_time, filled) for entry_time, filled in stages if entry_time <= force.ending]
    force.grow("custody", "records", values, stages)
    _make_reviews(force, record_ref, borough, authorised, min(left_at, force.ending))
    if person.age(happened_at) < 18:
        is_certified = any("certified_at" in filled for _, filled in stages)
        force.detained.append(Detained(record_ref, borough, person, authorised, left_at, is_certified))


def opened_values(
    record_ref: str, written: Written, borough: Borough, happened_at: int, officer: str
) -> dict[str, str]:
    """A custody record as it stands when it is opened."""
    return {
        "custody_ref": record_ref,
        "surname": written.family,
        "forenames": written.given,
        "dob": written.dob,
        "sex": written.sex,
        "ethnicity_self": written.ethnicity,
        "ethnicity_officer": written.ethnicity,
        "address": written.address,
        "postcode": written.postcode,
        "pnc_id": written.pnc_id,
        "cro": written.cro,
        "area": borough.name,
        "arrived_at": london_text(happened_at),
        "relevant_time": london_text(happened_at),
        "custody_officer": officer,
    }


def _choose_detainee(force: Force, happened_at: int) -> tuple[Household, Human]:
    while not force.chance.within(0.1):
        household, minors = force.family(happened_at)
        old_enough = [child for child in minors if child.age(happened_at) >= 11]
        if old_enough:
            return household, force.chance.one(old_enough)
    return force.loner()


def _make_accommodation(force: Force, borough: Borough, refused: int, left_at: int) -> tuple[int, list[Stage]]:
    """Accommodation after bail is refused: requested, given, or its lack certified."""
    chance = force.chance
    stages: list[Stage] = [(refused, {"bail_refused_at": london_text(refused)})]
    asked = refused + chance.between(300, 2 * HOUR_SECONDS)
    secure = "true" if chance.within(0.6) else "false"
    if chance.within(0.85):
        stages.append((asked, {"accommodation_requested_at": london_text(asked), "secure_requested": secure}))
    drawn = chance.draw()
    if drawn < 0.4:
        given_at = refused + force.delay(borough, 2 * HOUR_SECONDS)
        stages.append((given_at, {"accommodation_provided_at": london_text(given_at)}))
        left_at = given_at + chance.between(300, HOUR_SECONDS)
        return left_at, [*stages, (left_at, {"left_at": london_text(left_at), "left_to": "accommodation"})]
    if drawn < 0.48:
        left_at = refused + chance.between(1200, HOUR_SECONDS + 1800)
        return left_at, [*stages, (left_at, {"left_at": london_text(left_at), "left_to": "court"})]
    if drawn < 0.93:
        certified = refused + chance.between(1200, 2 * HOUR_SECONDS)
        ground = "a" if chance.within(0.6) else "b"
        stages.append((certified, {"certified_at": london_text(certified), "certificate_ground": ground}))
    if chance.within(0.6):
        refused_at = asked + chance.between(1200, 3 * HOUR_SECONDS)
        stages.append((refused_at, {"accommodation_refused_at": london_text(refused_at)}))
    return left_at, [*stages, (left_at, {"left_at": london_text(left_at), "left_to": "court"})]


def _make_reviews(force: Force, record_ref: str, borough: Borough, authorised: int, until: int) -> None:
    chance = force.chance
    due_at = authorised + REVIEW_FIRST
    while due_at < until + 1800:
        if chance.within(0.02):
            due_at += REVIEW_NEXT
            continue
        reason = ""
        if chance.within(borough.late):
            reviewed = due_at + chance.between(120, 2 * HOUR_SECONDS)
            reason = chance.one(("", "detainee in interview", "no reviewing officer available"))
        else:
            reviewed = due_at - chance.between(0, 2400)
        if reviewed >= until:
            return
        make_review(force, record_ref, reviewed, borough, reason)
        due_at = (min(reviewed, due_at)) + REVIEW_NEXT


def make_review(force: Force, record_ref: str, happened_at: int, borough: Borough, reason: str = "") -> None:
    """A review of detention."""
    force.grow(
        "custody",
        "reviews",
        {
            "review_ref": f"CW{force.number('review'):07d}",
            "custody_ref": record_ref,
            "reviewed_at": london_text(happened_at),
            "reviewer": force.staff.holder(borough, "duty_inspector"),
            "reviewer_rank": "Inspector",
            "postponed_reason": reason,
            "area": borough.name,
        },
        [(happened_at + 60, {})],
    )
