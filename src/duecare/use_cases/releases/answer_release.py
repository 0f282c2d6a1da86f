"""The force's one answer to a draft, for factual accuracy: kept as it was given."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.thing import RELEASES
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.store.database.transaction import transaction
from duecare.store.releases import release_records
from duecare.store.releases.release_records import Answer
from duecare.use_cases.releases.view_drafts import open_to, refuse_while
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.text_lengths import RELEASE_TEXT


def answer_release(request: Request, release_slug: str, words: str) -> Answer:
    """Keep what the force answers to this draft, once.

    Raises:  ACC-003 when the viewer may not; REP-022 where there is none that is open to them; REP-025 where it was
             answered; REP-026 once it is out; REP-027 where nothing is said.
    """
    authorise(request, Act.ANSWER_RELEASE, RELEASES)
    with refuse_while(request, Act.ANSWER_RELEASE, release_slug):
        release_life = open_to(request, release_slug)
        if release_life.published_at is not None:
            raise Refusal("REP-026", where=release_slug)
        if release_records.answer_to(release_slug) is not None:
            raise Refusal("REP-025", where=release_slug)
    if not words.strip() or len(words) > RELEASE_TEXT:
        raise Refusal("REP-027", where=release_slug, found="no words, or too many")
    answer = Answer(request.viewer.account, words.strip(), release_life.latest.number, request.now)
    with transaction():
        release_records.lock_release(release_slug)
        if release_records.answer_to(release_slug) is not None:
            raise Refusal("REP-025", where=release_slug)
        release_records.keep_answer(release_slug, answer)
        log_write(request, Act.ANSWER_RELEASE, outcome=f"done: {release_slug} version {answer.version}")
    return answer
