"""The pages on which somebody who has come to notice is looked for, then recorded, and an unborn child's birth after that.

What is typed is sent in the body: it stands in no address, log or history.
"""

from __future__ import annotations

from dataclasses import fields

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.person.described import LONGEST, Described
from duecare.use_cases.linkage.judge_link import LONGEST as LONGEST_REASON
from duecare.use_cases.people import circumstances as comings
from duecare.use_cases.people import record_birth as births
from duecare.use_cases.people import record_person as step
from duecare.vocabulary.refusals import Refusal
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

WORDS = tuple(field.name for field in fields(Described))
COMING = ("how", "role", "case", "area")


@require_http_methods(["GET", "HEAD", "POST"])
def note_person(request: HttpRequest) -> HttpResponse:
    """Who has come to notice? First the words, then who of those found it is, then what was recorded."""
    asking = request_of(request, "form: record somebody who has come to notice")
    sent = request.POST
    typed = {name: sent.get(name, "").strip()[: LONGEST + 1] for name in WORDS}
    if request.method != "POST":
        typed["mother"] = request.GET.get("mother", "").strip()[:LONGEST]
        return _form(request, asking, typed)
    if sent.get("do") == "change":
        return _form(request, asking, typed)
    said = Described(**typed)
    if sent.get("do") != "record":
        return _looked(request, asking, said, typed)
    coming = comings.Coming(*(sent.get(name, "").strip() for name in COMING))
    try:
        done = step.note_person(
            asking,
            read_config(),
            said,
            sent.get("mark", ""),
            sent.get("decision", ""),
            coming=coming,
            reason=sent.get("reason", ""),
        )
    except Refusal as refusal:
        return _looked(request, asking, said, typed, faults=_faults_of(refusal))
    return show_page(request, "note_person_done.html", {"done": done, "said": said}, here="search")


def _form(request: HttpRequest, asking: Request, typed: dict[str, str], faults: tuple[str, ...] = ()) -> HttpResponse:
    mother = step.before_noting(asking, read_config(), typed["mother"])
    if mother is not None and not typed["due_on"] and not typed["family_name"] and not faults:
        typed = typed | {"family_name": mother.family_name}
        if not mother.protected_address:
            typed |= {"address": mother.address, "postcode": mother.postcode}
    shown = {"typed": typed, "mother": mother, "faults": faults, "longest": LONGEST}
    return show_page(request, "note_person.html", shown, here="search", status=400 if faults else 200)


def _looked(
    request: HttpRequest, asking: Request, said: Described, typed: dict[str, str], faults: tuple[str, ...] = ()
) -> HttpResponse:
    """Who was found, and the question who of them it is; the words again, where nobody can be looked for by them."""
    try:
        look = step.look(asking, read_config(), said)
    except Refusal as refusal:
        return _form(request, asking, typed, faults=_faults_of(refusal))
    shown = {
        "look": look,
        "said": said,
        "typed": typed,
        "sent": request.POST,
        "faults": faults,
        "areas": comings.areas_of(asking),
        "roles": comings.ROLES_HERE,
        "longest": LONGEST_REASON,
        "most": comings.MOST_WORDS,
    }
    return show_page(request, "note_person_found.html", shown, here="search", status=400 if faults else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def note_birth(request: HttpRequest, record_id: str) -> HttpResponse:
    """When was this child born, and what is their name?"""
    asking = request_of(request, "form: record a birth")
    sent = request.POST
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            done = births.note_birth(
                asking,
                read_config(),
                record_id,
                given_names=sent.get("given_names", ""),
                family_name=sent.get("family_name", ""),
                born=sent.get("born", ""),
                sex=sent.get("sex", ""),
            )
            return show_page(request, "note_birth_done.html", {"done": done}, here="search")
        except Refusal as refusal:
            faults = _faults_of(refusal)
    held = births.before_birth(asking, read_config(), record_id)
    shown = {"held": held, "is_unborn": births.is_unborn(held), "typed": sent, "faults": faults, "longest": LONGEST}
    return show_page(request, "note_birth.html", shown, here="search", status=400 if faults else 200)


def _faults_of(refusal: Refusal) -> tuple[str, ...]:
    """What of this refusal is told on the page of the form?

    Raises:  the refusal, where it is not about the form.
    """
    if not refusal.code.startswith("REC"):
        raise refusal
    return refusal.faults or (refusal.found or refusal.kind.what, refusal.kind.todo)
