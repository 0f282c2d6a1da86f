"""What a report says beside its figures: recommendations and their proof, revisits, and which posts answer for what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from duecare.access.viewer import Viewer
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.accountable import Over
from duecare.recommendation.recommendation_state import State, state_words
from duecare.report.quarterly.quarterly_annexes import REVISITS, Post, RecommendationLine, Revisits
from duecare.report.release.release_serialisation import read_released
from duecare.store.releases import release_records
from duecare.use_cases.oversight.view_accountability import who_answers
from duecare.use_cases.recommendations.list_recommendations import public_register
from duecare.use_cases.recommendations.revisit_claims import revisits_claimed
from duecare.vocabulary.london_clock import london_day


def posts_at(config: Config, as_of_moment: datetime) -> tuple[Post, ...]:
    """The post that answers for each duty and borough, and whether it is vacant; no name."""
    request = Request(Viewer(""), "report", as_of_moment)
    accountable_page = who_answers(request, config, london_day(as_of_moment), counted=False)
    posts_found = []
    for accountable in accountable_page.every:
        officer_found = accountable.who
        post_words = officer_found.charge.post_kind.replace("_", " ") if officer_found.charge else "nobody was named"
        vacant = officer_found.vacant.value if officer_found.vacant else ""
        post_standing = vacant or ("has no other work" if officer_found.dedicated else "has other work too")
        charge_words = accountable.says or officer_found.key
        posts_found.append(
            Post(_charge_title(officer_found.over), charge_words, post_words, post_standing, bool(vacant))
        )
    return tuple(posts_found)


def _charge_title(charge_over: Over) -> str:
    return {Over.DUTY: "a duty", Over.AREA: "a borough"}.get(charge_over, f"a {charge_over.value}")


def recommendation_lines(config: Config, as_of_moment: datetime) -> tuple[RecommendationLine, ...]:
    """How each recommendation of the register stands, as anybody may read it."""
    return tuple(_line_of_register(register_row) for register_row in public_register(config, as_of_moment))


def _line_of_register(register_row: Mapping[str, object]) -> RecommendationLine:
    deadlines = register_row["deadlines"]
    assert isinstance(deadlines, list), "the register's own rows"
    deadline_words = "; ".join(map(_deadline_words, deadlines))
    days_old = register_row["age_days"]
    return RecommendationLine(
        str(register_row["number"]),
        str(register_row["title"]),
        _plain_words(register_row["class"]),
        _plain_words(register_row["owner_post"]) or "nobody",
        state_words(State(str(register_row["state"])))
        + (" (only reported so)" if register_row["is_reported_only"] else ""),
        days_old if isinstance(days_old, int) else None,
        deadline_words or "none is set",
        _proof_words(register_row["result"], register_row["not_taken"]),
    )


OWED_WORDS: Final = {"done": "to be done", "action-plan": "action plan", "comments": "comments of the mayor's office"}


def _deadline_words(deadline: Mapping[str, object]) -> str:
    owed_words = OWED_WORDS.get(str(deadline["id"]), str(deadline["says"]).rstrip("."))
    by_words = f" by {deadline['due_on']}" if deadline["due_on"] else ", no number of days"
    return f"{owed_words}{by_words}: {_plain_words(deadline['kept'])}"


def _proof_words(result: object, not_taken: object) -> str:
    proofs_found = []
    if isinstance(result, Mapping):
        proofs_found.append(
            f"test {'passed' if result['passed'] else 'failed'} on {result['on']}: {result['evidence']}"
        )
    if isinstance(not_taken, Mapping):
        proofs_found.append(f"test could not be applied to {not_taken['evidence']}: {not_taken['why']}")
    return "; ".join(proofs_found) or "no test has been taken"


def _plain_words(value: object) -> str:
    return str(value or "").replace("_", " ")


def revisits_now(as_of_moment: datetime) -> tuple[Revisits, ...]:
    """How far each claim stands that revisits found no further harm, beside what the last release said of it."""
    before = _printed_before()
    return tuple(
        Revisits(
            revisit_claim.number,
            revisit_claim.tally.claimed,
            revisit_claim.tally.still_clear,
            *before.get(revisit_claim.number, (None, "")),
        )
        for revisit_claim in revisits_claimed(as_of_moment)
        if revisit_claim.tally.claimed
    )


def _printed_before() -> Mapping[str, tuple[int, str]]:
    printed_found: dict[str, tuple[int, str]] = {}
    for release_out in release_records.published_releases():
        release_content = release_records.published_content(release_out.slug)
        assert release_content is not None, "it is out"
        for table in read_released(*release_content).tables():
            for number, clear, *_ in table.rows if table.id == REVISITS else ():
                if not isinstance(clear, str) and clear.shown is not None:
                    printed_found.setdefault(str(number), (int(clear.shown), release_out.slug))
    return printed_found
