"""Pages about people: search, one person, recording somebody who has come to notice, and a birth.

What is typed of people is sent in the body, so that no address, log or history contains it.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from duecare.access.act import Act
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.use_cases.people import coming_to_notice, record_birth, record_person, search_people, view_person
from duecare.visibility.officer_names import officer_names
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.text_lengths import PERSON_FIELD
from duecare.web.people.forms import BirthForm, CircumstancesForm, DescriptionForm, SearchForm
from duecare.web.site.as_of import early_answer
from duecare.web.site.page import show_page
from duecare.web.site.query_params import read_moments
from duecare.web.site.request import request_of


@require_http_methods(["GET", "HEAD", "POST"])
def search_page(http_request: HttpRequest) -> HttpResponse:
    """The people whom the words of a search may mean."""
    form = SearchForm(http_request.POST)
    form.is_valid()
    request = request_of(http_request, "page: search")
    words = form.cleaned_data
    page = search_people.search_people_by_text(
        request, words["text"], born_text=words["born"], near_place=words["near"]
    )
    context = {"page": page, "form": form, "may_note": Act.NOTE_PERSON in request.viewer.acts}
    return show_page(http_request, "people/search.html", context, here="search")


@require_safe
def person_page(http_request: HttpRequest, person: str) -> HttpResponse:
    """One person: warnings first, then what is owed, the timeline, names, sources and links."""
    moments = read_moments(http_request)
    if (answer := early_answer(http_request, moments)) is not None:
        return answer
    request = request_of(http_request, "page: person")
    page = view_person.read_person(request, person, **moments.at)
    context = {
        "page": page,
        "given": moments,
        "may_note": Act.NOTE_PERSON in request.viewer.acts and moments.is_now,
        "officers": officer_names(),
        "unborn": record_birth.unborn_among(page.records),
    }
    return show_page(http_request, "people/person.html", context, here="person")


@require_http_methods(["GET", "HEAD", "POST"])
def new_person_page(http_request: HttpRequest) -> HttpResponse:
    """Describe somebody who has come to notice, then see who may already be recorded as them."""
    request = request_of(http_request, "form: record somebody who has come to notice")
    if http_request.method != "POST":
        return _description_page(http_request, request, DescriptionForm(initial=_mother_in_address(http_request)))
    form = DescriptionForm(http_request.POST)
    if not form.is_valid():
        return _description_page(http_request, request, form)
    return _matches_page(http_request, request, form)


@require_POST
def change_description_page(http_request: HttpRequest) -> HttpResponse:
    """The description again, as it was typed, to be changed."""
    request = request_of(http_request, "form: record somebody who has come to notice")
    typed = {name: str(http_request.POST.get(name, "")) for name in DescriptionForm.base_fields}
    return _description_page(http_request, request, DescriptionForm(initial=typed))


@require_POST
def record_person_page(http_request: HttpRequest) -> HttpResponse:
    """Record somebody: as one of those found, or as somebody new."""
    request = request_of(http_request, "form: record somebody who has come to notice")
    form, sent = DescriptionForm(http_request.POST), http_request.POST
    if not form.is_valid():
        return _description_page(http_request, request, form)
    coming = coming_to_notice.Coming(*(sent.get(name, "").strip() for name in ("how", "role", "case", "area")))
    try:
        recorded = record_person.note_person(
            request,
            read_config(),
            form.description,
            sent.get("mark", ""),
            sent.get("decision", ""),
            coming=coming,
            reason=sent.get("reason", ""),
        )
    except Refusal as refusal:
        return _matches_page(http_request, request, form, _about_the_form(refusal))
    context = {"done": recorded, "description": form.description}
    return show_page(http_request, "people/recorded.html", context, here="search")


@require_http_methods(["GET", "HEAD", "POST"])
def record_birth_page(http_request: HttpRequest, record_id: str) -> HttpResponse:
    """Record when a child was born, and their name."""
    request, config = request_of(http_request, "form: record a birth"), read_config()
    form = BirthForm(http_request.POST) if http_request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            recorded = record_birth.note_birth(request, config, record_id, **form.cleaned_data)
            return show_page(http_request, "people/birth_recorded.html", {"done": recorded}, here="search")
        except Refusal as refusal:
            form.add_person_refusal(_about_the_form(refusal))
    record = record_birth.before_birth(request, config, record_id)
    names = {"given_names": record.given_names, "family_name": record.family_name}
    context = {
        "record": record,
        "is_unborn": record_birth.is_unborn(record),
        "form": form or BirthForm(initial=names),
    }
    return show_page(http_request, "people/birth.html", context, here="search", status=400 if form else 200)


def _description_page(http_request: HttpRequest, request: Request, form: DescriptionForm) -> HttpResponse:
    """The form that describes somebody; of a child not yet born, with what is known of the mother."""
    mother_id = str(form["mother"].value() or "")
    mother = record_person.before_noting(request, read_config(), mother_id)
    if (
        mother is not None
        and not form.is_bound
        and not form.initial.get("due_on")
        and not form.initial.get("family_name")
    ):
        form.initial["family_name"] = mother.family_name
        if not mother.protected_address:
            form.initial.update(address=mother.address, postcode=mother.postcode)
    context = {"form": form, "mother": mother, "mother_id": mother_id}
    status = 400 if form.is_bound and form.errors else 200
    return show_page(http_request, "people/new_person.html", context, here="search", status=status)


def _matches_page(
    http_request: HttpRequest, request: Request, description: DescriptionForm, refusal: Refusal | None = None
) -> HttpResponse:
    """Who may already be recorded; the description again, where nobody can be searched for by it."""
    try:
        look = record_person.look_for_person(request, read_config(), description.description)
    except Refusal as fault:
        description.add_person_refusal(_about_the_form(fault))
        return _description_page(http_request, request, description)
    sent = {name: str(http_request.POST.get(name, "")) for name in CircumstancesForm.base_fields}
    sent["mark"] = look.mark
    people = [match for match in look.page.found if match.person]
    form = CircumstancesForm(
        sent if refusal else None,
        initial={"mark": look.mark},
        areas=coming_to_notice.areas_of(request),
        is_unborn=description.description.is_unborn,
    )
    if refusal:
        form.add_faults(refusal, has_choice=bool(people))
    context = {
        "look": look,
        "people": people,
        "restricted": [match for match in look.page.found if not match.person],
        "description": description.description,
        "typed": description.typed,
        "form": form,
    }
    return show_page(http_request, "people/matches.html", context, here="search", status=400 if refusal else 200)


def _mother_in_address(http_request: HttpRequest) -> dict[str, str]:
    return {"mother": http_request.GET.get("mother", "").strip()[:PERSON_FIELD]}


def _about_the_form(refusal: Refusal) -> Refusal:
    """This refusal, where it is about what was typed.

    Raises:  the refusal, where it is not.
    """
    if not refusal.code.startswith("REC"):
        raise refusal
    return refusal
