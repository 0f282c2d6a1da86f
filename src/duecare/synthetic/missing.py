"""Children who go missing, as Merlin has them."""

from __future__ import annotations

from typing import Final

from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, london_text
from duecare.synthetic.force import Force, Stage, Told

_FROM_PLACES: Final = ("home", "care", "school", "hospital", "other")
_FROM_UPTO: Final = (0.6, 0.88, 0.94, 0.97, 1.0)
_GRADES: Final = ("high", "medium", "low", "absent")
_GRADES_UPTO: Final = (0.14, 0.78, 0.93, 1.0)


def make_missing(force: Force, happened_at: int) -> None:
    """A missing child: reported, back, and spoken to or not by somebody independent."""
    chance = force.chance
    household, minors = force.family(happened_at)
    older = [child for child in minors if child.age(happened_at) >= 10] or minors
    child, borough = chance.one(older), household.borough
    returned = happened_at + chance.between(HOUR_SECONDS, 4 * HOUR_SECONDS) + chance.wait(9 * HOUR_SECONDS)
    if happened_at > force.ending - 3 * DAY_SECONDS:
        returned = min(returned, max(happened_at + HOUR_SECONDS, force.ending - 2 * HOUR_SECONDS))
    if returned > force.ending - HOUR_SECONDS:
        return
    graded = happened_at + chance.wait(0.5 * HOUR_SECONDS)
    record_ref = f"MM{force.number('missing'):07d}"
    values = {
        "missing_ref": record_ref,
        "nominal_ref": force.merlin_ties(record_ref, [(child, "child")], happened_at).removeprefix("child="),
        "borough": borough.name,
        "missing_from": chance.weighted(_FROM_PLACES, _FROM_UPTO),
        "reported_at": london_text(happened_at),
        "officer": force.staff.pick(borough, "Response", happened_at).number,
    }
    stages: list[Stage] = [
        (
            graded,
            {
                "grade": chance.weighted(_GRADES, _GRADES_UPTO),
                "graded_at": london_text(graded),
                "grade_reason": "" if int(record_ref[2:]) % 9 == 0 else "age and circumstances",
            },
        )
    ]
    if chance.within(0.35):
        found_at = returned - chance.between(1200, HOUR_SECONDS)
        stages.append((found_at + 60, {"found_at": london_text(found_at)}))
    stages.append((returned + 60, {"returned_at": london_text(returned)}))
    stages += _return_interview(force, returned, borough.late)
    child_tie = ((values["nominal_ref"], "child", "merlin"),)
    force.told.append(Told("missing", record_ref, borough, happened_at, returned, child_tie))
    force.grow(
        "merlin",
        "missing",
        values,
        [(entry_time, filled) for entry_time, filled in stages if entry_time <= force.ending],
    )


def _return_interview(force: Force, returned: int, late_share: float) -> list[Stage]:
    chance = force.chance
    drawn = chance.draw()
    if drawn < 0.09:
        declined = returned + chance.between(4, 70) * HOUR_SECONDS
        return [(declined, {"interview_declined_at": london_text(declined)})]
    if drawn < 0.12:
        return []
    limit = 72 * HOUR_SECONDS
    held_at = returned + (
        int(limit * (1.05 + chance.draw())) if chance.within(late_share * 1.6) else chance.between(4, 71) * HOUR_SECONDS
    )
    drawn = chance.draw()
    independent = "" if drawn < 0.07 else "false" if drawn < 0.12 else "true"
    stage = {"interview_at": force.london(held_at), "interview_independent": independent}
    return [(held_at + chance.wait(20 * HOUR_SECONDS), stage)]
