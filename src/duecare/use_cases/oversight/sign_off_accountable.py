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
from duecare.vocabulary.london_clock import LONDON
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.text_lengths import SIGN_OFF_TEXT


def sign_off(request: Request, config: Config, charge_over: Over, charge_key: str, words: str) -> SignOff:
    """Keep that whoever is accountable for this today has looked at it, in their words, and how many duties were late.

    Shape:   a dated fact; signing again is another. It closes nothing and makes nothing met.
    Raises:  ACC-003 when the viewer may not; DUT-031 when they are not who is accountable today, or say nothing.
    """
    authorise(request, Act.SIGN_OFF, ACCOUNTABLE)
    today = request.now.astimezone(LONDON).date()
    with transaction():
        accountable_page = who_answers(request, config, today)
        wanted_charge = (charge_over, plain_key(charge_over, charge_key))
        accountable_row = next(
            (
                accountable
                for accountable in accountable_page.every
                if (accountable.who.over, plain_key(charge_over, accountable.who.key)) == wanted_charge
            ),
            None,
        )
        if accountable_row is None or not accountable_row.mine:
            raise Refusal(
                "DUT-031",
                where=f"{charge_over.value} {charge_key}"[:80],
                found="another, or nobody, is accountable for it today",
            )
        if not words.strip() or len(words) > SIGN_OFF_TEXT:
            raise Refusal(
                "DUT-031", where=f"{charge_over.value} {charge_key}"[:80], found=f"{len(words.strip()):,} characters"
            )
        signed = SignOff(
            charge_over,
            accountable_row.who.key,
            accountable_row.who.officer,
            words.strip(),
            request.now,
            accountable_row.late,
            accountable_row.open,
            as_of(request),
        )
        kept.keep_sign_off(signed, request.viewer.account)
        log_write(request, Act.SIGN_OFF, outcome=f"done: {charge_over.value} {accountable_row.who.key}"[:200])
    return signed
