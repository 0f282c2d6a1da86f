"""Forms about people: search, a description of somebody new, how they came to notice, and a birth."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from duecare.person.person_description import NAMED, Described
from duecare.use_cases.people.coming_to_notice import ROLES_HERE
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.text_lengths import LINK_REASON, NOTICE_TEXT, PERSON_FIELD
from duecare.web.site.formatting.labels import role_words
from duecare.web.site.forms.day_and_moment_fields import in_figures
from duecare.web.site.forms.form import SiteForm

NONE_OF_THESE: Final = "none"
_SEXES: Final = (("", "Not known"), ("F", "Female"), ("M", "Male"), ("X", "Other or not given"))
_DAY_HINT: Final = "For example, 14 May 2027 or 14/5/2027."


def text_field(label: str, hint: str = "", *, width: str = "", longest: int = PERSON_FIELD) -> forms.CharField:
    """A line of text that may be left blank."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=longest,
        error_messages={"max_length": f"{label} must be {longest} characters or fewer"},
        widget=forms.TextInput(attrs={"class": f"govuk-input--width-{width}"} if width else None),
    )


def sex_field() -> forms.ChoiceField:
    """The sex, which may be not known."""
    return forms.ChoiceField(
        label="Sex", choices=_SEXES, required=False, error_messages={"invalid_choice": "Select a sex from the list"}
    )


class SearchForm(SiteForm):
    """Who is searched for. It is sent in the body, so that no address, log or history contains it."""

    text = forms.CharField(
        label="Name or other details",
        help_text="Enter names in any order, spelt as you heard them, or a date of birth, age, postcode, address, telephone "
        "number, email address or identifying number.",
        required=False,
    )
    born = forms.CharField(
        label="Date of birth or age", required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"})
    )
    near = forms.CharField(
        label="Postcode", required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"})
    )

    def __init__(self, typed: Any = None, **options: Any) -> None:
        cut = (
            {name: typed.get(name, "").strip()[:PERSON_FIELD] for name in self.base_fields}
            if typed is not None
            else None
        )
        super().__init__(cut, **options)

    def clean_born(self) -> str:
        """The date in figures, where it is written in words."""
        return in_figures(self.cleaned_data["born"])


class DescriptionForm(SiteForm):
    """What is known of somebody who has come to notice."""

    given_names = text_field("Given names")
    family_name = text_field("Family name")
    also_known_as = text_field("Other names", "Separate names with semicolons.")
    born = text_field("Date of birth or age", "For example, 14 May 2009, 14/5/2009, 2009 or 14.", width="10")
    sex = sex_field()
    address = text_field("Address")
    postcode = text_field("Postcode", width="10")
    phone = text_field("Telephone number", width="20")
    email = text_field("Email address")
    online_names = text_field("Online names", "Separate names with semicolons.")
    nhs_number = text_field("NHS number", width="20")
    upn = text_field("Unique pupil number", width="20")
    pnc_id = text_field("PNC ID", width="20")
    cro_number = text_field("CRO number", width="20")
    due_on = text_field("When is the child due?", f"{_DAY_HINT} It must be within the next 9 months.", width="10")
    mother = forms.CharField(required=False, max_length=PERSON_FIELD, widget=forms.HiddenInput)

    NUMBERS: Final = ("nhs_number", "upn", "pnc_id", "cro_number")
    OF_A_CHILD_NOT_YET_BORN: Final = ("due_on", "family_name", "given_names", "address", "postcode")

    def clean_born(self) -> str:
        """The date in figures, where it is written in words."""
        return in_figures(self.cleaned_data["born"])

    def clean_due_on(self) -> str:
        """The date in figures, where it is written in words."""
        return in_figures(self.cleaned_data["due_on"])

    @property
    def has_number(self) -> bool:
        """True where an identifying number was typed."""
        return any(self[name].value() for name in self.NUMBERS)

    @property
    def description(self) -> Described:
        """What was typed, as a use case takes it."""
        return Described(**self.cleaned_data)

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the fields, without blanks: what the next form carries along."""
        values = {name: str(self[name].value() or "").strip() for name in self.fields}
        return {name: value for name, value in values.items() if value}

    def add_person_refusal(self, refusal: Refusal) -> None:
        """Show what a use case refuses of a description, each at the field that it names."""
        faults = refusal.faults or (refusal.found or refusal.kind.what, refusal.kind.todo)
        for fault in filter(None, faults):
            self.add_error(self._field_of(fault), fault[:1].upper() + fault[1:])

    def _field_of(self, fault: str) -> str:
        field_names = [name for name, words in NAMED.items() if fault.startswith(words) and name in self.fields]
        first = "due_on" if self["mother"].value() and "due_on" in self.fields else next(iter(self.fields))
        return field_names[0] if field_names else first


class CircumstancesForm(SiteForm):
    """Who of those found it is, and how they came to notice."""

    decision = forms.CharField(required=False)
    reason = forms.CharField(
        label="Why is it this person, or none of these?",
        help_text="Include what you know about them and who told you, so that others can check it. "
        f"{LINK_REASON:,} characters or fewer.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    how = forms.CharField(
        label="What happened?",
        help_text=f"{NOTICE_TEXT:,} characters or fewer.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    role = forms.ChoiceField(
        label="Their part in it",
        choices=[(role, role_words(role).capitalize()) for role in ROLES_HERE],
        required=False,
        initial="child",
    )
    area = forms.ChoiceField(label="Where", required=False)
    case = forms.CharField(
        label="Case",
        help_text="The source and number of the case, such as merlin:MER/2016/0001.",
        required=False,
        max_length=300,
    )
    mark = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, typed: Any = None, *, areas: Iterable[str] = (), is_unborn: bool = False, **options: Any
    ) -> None:
        super().__init__(typed, **options)
        areas = tuple(areas)
        self.set_choices("area", [(area, area) for area in areas])
        if areas:
            self.fields["case"].label = "Case, if there is one"
            self.fields["case"].help_text += " Leave blank to start a new case."
        else:
            del self.fields["area"]
        if is_unborn:
            self.fields["role"] = forms.CharField(initial="child", widget=forms.HiddenInput)

    def add_faults(self, refusal: Refusal, has_choice: bool) -> None:
        """Show what a use case refuses of a record: at the choice of who it is, or at what happened."""
        self.add_refusal(refusal, "decision" if has_choice else "how")


class BirthForm(DescriptionForm):
    """When a child recorded before birth was born, and their name."""

    born = text_field("When was the child born?", _DAY_HINT, width="10")

    also_known_as = address = postcode = phone = email = online_names = None  # type: ignore[assignment]
    nhs_number = upn = pnc_id = cro_number = due_on = mother = None  # type: ignore[assignment]
    field_order = ("born", "given_names", "family_name", "sex")

    def _field_of(self, fault: str) -> str:
        return "given_names" if "name" in fault else "born"
