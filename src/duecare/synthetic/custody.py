"""Children (and some adults) in custody, as the custody system has them: one record a stay, one row a review."""

from __future__ import annotations

from typing import Final

from duecare.synthetic.clock import DAY, HOUR, london_text
from duecare.synthetic.force import Detained, Force, Stage
from duecare.synthetic.household import Household, Human
from duecare.synthetic.mess import Written, written_down
from duecare.synthetic.places import Borough

_REASONS: Final = ("arrest", "bail", "warrant", "breach")
_REASONS_UPTO: Final = (0.84, 0.91, 0.96, 1.0)
_PLACES: Final = (*("cell",) * 6, "detention_room")
REVIEW_FIRST: Final = 6 * HOUR
REVIEW_NEXT: Final = 9 * HOUR


def detention(force: Force, at: int) -> None:
    """Somebody is brought to a police station, and what follows."""
    chance = force.chance
    household, person = _detainee(force, at)
    borough = household.borough
    force.nominals.arrested.add(person.number)
    ref = f"CU{force.number('custody'):07d}"
    written = written_down(person, at, chance, is_known_to_police=True)
    officer = force.staff.pick(borough, "Custody", at).number
    values = opened(ref, written, borough, at, officer)
    values["arrival_reason"] = chance.weighted(_REASONS, _REASONS_UPTO)
    force.nominals.booked("custody", ref, person)
    authorised = at + chance.between(900, 3600)
    placed = authorised + chance.between(300, 1800)
    stages: list[Stage] = [
        (at + 300, {}),
        (authorised + 60, {"authorised_at": london_text(authorised)}),
        (
            placed + 60,
            {
                "placed_in": "cell" if chance.within(0.85) else "detention_room",
                "placed_at": london_text(placed),
                "placed_reason": "" if int(ref[2:]) % 5 == 0 else "no other secure room free",
            },
        ),
    ]
    if person.age(at) < 18:
        asked = authorised + chance.between(300, 4 * HOUR)
        came = asked + chance.between(HOUR, 6 * HOUR)
        stages.append((asked, {"adult_requested_at": london_text(asked)}))
        stages.append((came, {"adult_arrived_at": london_text(came)}))
    refused = None
    if chance.within(0.16):
        charged = authorised + chance.between(5, 14) * HOUR
        refused = charged + chance.between(600, 1800)
        left = (refused // DAY + 1) * DAY + 9 * HOUR + chance.between(0, 2 * HOUR)
        stages.append((charged, {"charged_at": london_text(charged)}))
        left, more = _accommodation(force, borough, refused, left)
        stages += more
    else:
        left = authorised + (chance.between(HOUR, 6 * HOUR) if chance.within(0.25) else chance.between(6, 21) * HOUR)
        stages.append((left, {"left_at": london_text(left), "left_to": "bailed" if chance.within(0.6) else "released"}))
    stages = [(when, filled) for when, filled in stages if when <= force.ending]
    force.grow("custody", "records", values, stages)
    _reviews(force, ref, borough, authorised, min(left, force.ending))
    if person.age(at) < 18:
        is_certified = any("certified_at" in filled for _, filled in stages)
        force.detained.append(Detained(ref, borough, person, authorised, left, is_certified))


def opened(ref: str, written: Written, borough: Borough, at: int, officer: str) -> dict[str, str]:
    """A custody record as it stands when it is opened."""
    return {
        "custody_ref": ref,
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
        "arrived_at": london_text(at),
        "relevant_time": london_text(at),
        "custody_officer": officer,
    }


def _detainee(force: Force, at: int) -> tuple[Household, Human]:
    while not force.chance.within(0.1):
        household, minors = force.family(at)
        old_enough = [child for child in minors if child.age(at) >= 11]
        if old_enough:
            return household, force.chance.one(old_enough)
    return force.loner()


def _accommodation(force: Force, borough: Borough, refused: int, left: int) -> tuple[int, list[Stage]]:
    """Bail is refused: was local authority accommodation asked for, given, or its lack certified?"""
    chance = force.chance
    stages: list[Stage] = [(refused, {"bail_refused_at": london_text(refused)})]
    asked = refused + chance.between(300, 2 * HOUR)
    secure = "true" if chance.within(0.6) else "false"
    if chance.within(0.85):
        stages.append((asked, {"accommodation_requested_at": london_text(asked), "secure_requested": secure}))
    drawn = chance.draw()
    if drawn < 0.4:
        given = refused + force.delay(borough, 2 * HOUR)
        stages.append((given, {"accommodation_provided_at": london_text(given)}))
        left = given + chance.between(300, HOUR)
        return left, [*stages, (left, {"left_at": london_text(left), "left_to": "accommodation"})]
    if drawn < 0.48:
        left = refused + chance.between(1200, HOUR + 1800)
        return left, [*stages, (left, {"left_at": london_text(left), "left_to": "court"})]
    if drawn < 0.93:
        certified = refused + chance.between(1200, 2 * HOUR)
        ground = "a" if chance.within(0.6) else "b"
        stages.append((certified, {"certified_at": london_text(certified), "certificate_ground": ground}))
    if chance.within(0.6):
        no = asked + chance.between(1200, 3 * HOUR)
        stages.append((no, {"accommodation_refused_at": london_text(no)}))
    return left, [*stages, (left, {"left_at": london_text(left), "left_to": "court"})]


def _reviews(force: Force, ref: str, borough: Borough, authorised: int, until: int) -> None:
    chance = force.chance
    due = authorised + REVIEW_FIRST
    while due < until + 1800:
        if chance.within(0.02):
            due += REVIEW_NEXT
            continue
        reason = ""
        if chance.within(borough.late):
            reviewed = due + chance.between(120, 2 * HOUR)
            reason = chance.one(("", "detainee in interview", "no reviewing officer available"))
        else:
            reviewed = due - chance.between(0, 2400)
        if reviewed >= until:
            return
        review(force, ref, reviewed, borough, reason)
        due = (min(reviewed, due)) + REVIEW_NEXT


def review(force: Force, ref: str, at: int, borough: Borough, reason: str = "") -> None:
    """A review of detention."""
    force.grow(
        "custody",
        "reviews",
        {
            "review_ref": f"CW{force.number('review'):07d}",
            "custody_ref": ref,
            "reviewed_at": london_text(at),
            "reviewer": force.staff.holder(borough, "duty_inspector"),
            "reviewer_rank": "Inspector",
            "postponed_reason": reason,
            "area": borough.name,
        },
        [(at + 60, {})],
    )
