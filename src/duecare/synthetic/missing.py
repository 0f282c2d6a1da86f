"""Children who go missing, as Merlin has them."""

from __future__ import annotations

from typing import Final

from duecare.synthetic.clock import DAY, HOUR, london_text
from duecare.synthetic.force import Force, Stage, Told

_FROM: Final = ("home", "care", "school", "hospital", "other")
_FROM_UPTO: Final = (0.6, 0.88, 0.94, 0.97, 1.0)
_GRADES: Final = ("high", "medium", "low", "absent")
_GRADES_UPTO: Final = (0.14, 0.78, 0.93, 1.0)


def missing(force: Force, at: int) -> None:
    """A child is reported missing, comes back, and is or is not spoken to by somebody independent."""
    chance = force.chance
    household, minors = force.family(at)
    older = [child for child in minors if child.age(at) >= 10] or minors
    child, borough = chance.one(older), household.borough
    returned = at + chance.between(HOUR, 4 * HOUR) + chance.wait(9 * HOUR)
    if at > force.ending - 3 * DAY:
        returned = min(returned, max(at + HOUR, force.ending - 2 * HOUR))
    if returned > force.ending - HOUR:
        return
    graded = at + chance.wait(0.5 * HOUR)
    ref = f"MM{force.number('missing'):07d}"
    values = {
        "missing_ref": ref,
        "nominal_ref": force.merlin_ties(ref, [(child, "child")], at).removeprefix("child="),
        "borough": borough.name,
        "missing_from": chance.weighted(_FROM, _FROM_UPTO),
        "reported_at": london_text(at),
        "officer": force.staff.pick(borough, "Response", at).number,
    }
    stages: list[Stage] = [
        (
            graded,
            {
                "grade": chance.weighted(_GRADES, _GRADES_UPTO),
                "graded_at": london_text(graded),
                "grade_reason": "" if int(ref[2:]) % 9 == 0 else "age and circumstances",
            },
        )
    ]
    if chance.within(0.35):
        found = returned - chance.between(1200, HOUR)
        stages.append((found + 60, {"found_at": london_text(found)}))
    stages.append((returned + 60, {"returned_at": london_text(returned)}))
    stages += _return_interview(force, returned, borough.late)
    who = ((values["nominal_ref"], "child", "merlin"),)
    force.told.append(Told("missing", ref, borough, at, returned, who))
    force.grow("merlin", "missing", values, [(when, filled) for when, filled in stages if when <= force.ending])


def _return_interview(force: Force, returned: int, late: float) -> list[Stage]:
    chance = force.chance
    drawn = chance.draw()
    if drawn < 0.09:
        declined = returned + chance.between(4, 70) * HOUR
        return [(declined, {"interview_declined_at": london_text(declined)})]
    if drawn < 0.12:
        return []
    limit = 72 * HOUR
    held = returned + (
        int(limit * (1.05 + chance.draw())) if chance.within(late * 1.6) else chance.between(4, 71) * HOUR
    )
    drawn = chance.draw()
    independent = "" if drawn < 0.07 else "false" if drawn < 0.12 else "true"
    stage = {"interview_at": force.london(held), "interview_independent": independent}
    return [(held + chance.wait(20 * HOUR), stage)]
