"""What oversight asked and agreed, as the steps hand it to pages: made up, and with something awkward in it."""

from __future__ import annotations

from datetime import date

from tests.made.pages import NOW

from duecare.recommendation.oversight_register import Body, Deed, Entry, Meeting, Register, fold_register
from duecare.report import Paper
from duecare.report.meeting_pack import FigureLine, Outside, PackFacts, RecommendationLine, meeting_pack

ENTRIES = (
    Entry(1, Deed.MEETING, NOW, "m", "Oversight of child protection", Body.MAYOR, due_on=date(2016, 3, 1)),
    Entry(2, Deed.QUESTION, NOW, "e", "Why are visits late in <one> borough?", Body.EXPERTS),
    Entry(3, Deed.QUESTION, NOW, "m", "Who answers for custody?", Body.MAYOR),
    Entry(4, Deed.MINUTE, NOW, "m", "The backlog was spoken of.", Body.MAYOR, meeting=1),
    Entry(5, Deed.ACTION, NOW, "m", "A plan.", Body.MAYOR, 1, owner="bcu_lead", due_on=date(2016, 3, 5)),
    Entry(6, Deed.ACTION, NOW, "m", "Name a lead.", Body.MAYOR, 1, owner="chief_officer_lead"),
    Entry(7, Deed.ANSWER, NOW, "c", "Two managers were absent.", of=2),
    Entry(8, Deed.ACTION_DONE, NOW, "m", "Seen.", Body.MAYOR, of=6),
    Entry(9, Deed.MEETING, NOW, "m", "Summer meeting", Body.MAYOR, due_on=date(2016, 6, 10)),
)


def register() -> Register:
    return fold_register(ENTRIES)


def one_meeting(number: int) -> tuple[Meeting, Meeting | None, Register]:
    found = register()
    meeting = found.meeting(number)
    assert meeting is not None
    return meeting, found.before(meeting), found


def pack(number: int) -> Paper:
    meeting, before, found = one_meeting(number)
    recommendation = RecommendationLine("4104", "Governance", "chief officer lead", "in hand", "accepted", None, True)
    return meeting_pack(
        PackFacts(
            meeting=meeting,
            before=before,
            register=found,
            on=NOW.date(),
            vacant=(("area Northmoor", "nobody has been named"),),
            recommendations=(recommendation,),
            figures=(FigureLine("Children seen in time", "81.0 % of 263", "79.0 % of 240"),),
            outside=(Outside("Children seen in time", "Northmoor", "below, outside 99.8 %"),),
            period="2016-Q1",
        )
    )
