"""Sign off, by name and date, what one is accountable for, and how it stood."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.thing import ACCOUNTABLE
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.accountable import Over, SignOff, plain_key
from duecare.store.database.transaction import transaction
from duecare.store.oversight import accountable_posts as kept
from duecare.use_cases.oversight.view_accountability import as_of, who_answers
from duecare.vocabulary.moments import LONDON
from duecare.vocabulary.refusals import Refusal

MOST = 2_000


def sign_off(request: Request, config: Config, over: Over, key: str, words: str) -> SignOff:
    """Keep that whoever is accountable for this today has looked at it, in their words, and how many duties were late.

    Shape:   a dated fact; signing again is another. It closes nothing and makes nothing met.
    Raises:  ACC-003 when the viewer may not; DUT-031 when they are not who is accountable today, or say nothing.
    """
    authorise(request, Act.SIGN_OFF, ACCOUNTABLE)
    today = request.now.astimezone(LONDON).date()
    with transaction():
        shown = who_answers(request, config, today)
        wanted = (over, plain_key(over, key))
        one = next((a for a in shown.every if (a.who.over, plain_key(over, a.who.key)) == wanted), None)
        if one is None or not one.mine:
            raise Refusal(
                "DUT-031", where=f"{over.value} {key}"[:80], found="another, or nobody, is accountable for it today"
            )
        if not words.strip() or len(words) > MOST:
            raise Refusal("DUT-031", where=f"{over.value} {key}"[:80], found=f"{len(words.strip()):,} characters")
        signed = SignOff(
            over, one.who.key, one.who.officer, words.strip(), request.now, one.late, one.open, as_of(request)
        )
        kept.keep_sign_off(signed, request.viewer.account)
        log_write(request, Act.SIGN_OFF, outcome=f"done: {over.value} {one.who.key}"[:200])
    return signed
