"""What a report says beside its figures: recommendations and their proof, revisits, and which posts answer for what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from duecare.access.viewer import Viewer
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.accountable import Over
from duecare.recommendation.state import State, state_words
from duecare.report.quarterly.quarterly_annexes import REVISITS, Post, RecommendationLine, Revisits
from duecare.report.release.release_serialisation import read_released
from duecare.store.releases import release_records
from duecare.use_cases.oversight.view_accountability import who_answers
from duecare.use_cases.recommendations.list_recommendations import public_register
from duecare.use_cases.recommendations.revisit_claims import revisits_claimed
from duecare.vocabulary.moments import london_day


def posts_at(config: Config, at: datetime) -> tuple[Post, ...]:
    """Which post answers for each duty and borough, and is it vacant? No name."""
    request = Request(Viewer(""), "report", at)
    shown = who_answers(request, config, london_day(at), counted=False)
    found = []
    for one in shown.every:
        who = one.who
        post = who.charge.post_kind.replace("_", " ") if who.charge else "nobody was named"
        vacant = who.vacant.value if who.vacant else ""
        how = vacant or ("has no other work" if who.dedicated else "has other work too")
        what = one.says or who.key
        found.append(Post(_over(who.over), what, post, how, bool(vacant)))
    return tuple(found)


def _over(over: Over) -> str:
    return {Over.DUTY: "a duty", Over.AREA: "a borough"}.get(over, f"a {over.value}")


def recommendation_lines(config: Config, at: datetime) -> tuple[RecommendationLine, ...]:
    """How each recommendation of the register stands, as anybody may read it."""
    return tuple(_line(row) for row in public_register(config, at))


def _line(row: Mapping[str, object]) -> RecommendationLine:
    deadlines = row["deadlines"]
    assert isinstance(deadlines, list), "the register's own rows"
    kept = "; ".join(map(_deadline, deadlines))
    days = row["age_days"]
    return RecommendationLine(
        str(row["number"]),
        str(row["title"]),
        _words(row["class"]),
        _words(row["owner_post"]) or "nobody",
        state_words(State(str(row["state"]))) + (" (only reported so)" if row["is_reported_only"] else ""),
        days if isinstance(days, int) else None,
        kept or "none is set",
        _proof(row["result"], row["not_taken"]),
    )


OWED: Final = {"done": "to be done", "action-plan": "action plan", "comments": "comments of the mayor's office"}


def _deadline(one: Mapping[str, object]) -> str:
    owed = OWED.get(str(one["id"]), str(one["says"]).rstrip("."))
    by = f" by {one['due_on']}" if one["due_on"] else ", no number of days"
    return f"{owed}{by}: {_words(one['kept'])}"


def _proof(result: object, not_taken: object) -> str:
    found = []
    if isinstance(result, Mapping):
        found.append(f"test {'passed' if result['passed'] else 'failed'} on {result['on']}: {result['evidence']}")
    if isinstance(not_taken, Mapping):
        found.append(f"test could not be taken on {not_taken['evidence']}: {not_taken['why']}")
    return "; ".join(found) or "no test has been taken"


def _words(value: object) -> str:
    return str(value or "").replace("_", " ")


def revisits_now(at: datetime) -> tuple[Revisits, ...]:
    """How far each claim stands that revisits found no further harm, beside what the last release said of it."""
    before = _printed_before()
    return tuple(
        Revisits(one.number, one.tally.claimed, one.tally.still_clear, *before.get(one.number, (None, "")))
        for one in revisits_claimed(at)
        if one.tally.claimed
    )


def _printed_before() -> Mapping[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for out in release_records.published():
        held = release_records.published_content(out.slug)
        assert held is not None, "it is out"
        for table in read_released(*held).tables():
            for number, clear, *_ in table.rows if table.id == REVISITS else ():
                if not isinstance(clear, str) and clear.shown is not None:
                    found.setdefault(str(number), (int(clear.shown), out.slug))
    return found
