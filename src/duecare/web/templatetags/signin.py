"""What the sign-in pages ask: is this a demo, who may be signed in as, are the styles built, how is a field drawn?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django import template
from django.conf import settings
from django.contrib.auth import get_user_model
from django.forms import BoundField
from django.utils.safestring import SafeString

from duecare.access.roles import ROLE, ROLES
from duecare.web.site import static_files

register = template.Library()

_LABELS: Final = {
    "oldpassword": "Current password",
    "password1": "New password",
    "password2": "New password again",
    "code": "Code",
}
_BLANK: Final = {
    "login": "Enter your username",
    "password": "Enter your password",
    "oldpassword": "Enter your current password",
    "password1": "Enter a new password",
    "password2": "Enter the new password again",
    "code": "Enter a code",
}


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Which made-up person may be signed in as, and what does their role open?"""

    username: str
    name: str
    opens: str


@register.simple_tag
def is_demo() -> bool:
    """Is this a demo store?"""
    return bool(settings.DUECARE_DEMO)


@register.simple_tag
def is_styled() -> bool:
    """Have the style files been built?"""
    return static_files.is_styled()


@register.simple_tag
def demo_accounts() -> tuple[DemoAccount, ...]:
    """Who may be signed in as without a password? In a demo the made-up people, in the order of roles; else nobody."""
    if not settings.DUECARE_DEMO:
        return ()
    order = {role.name: place for place, role in enumerate(ROLES)}
    accounts = [account for account in get_user_model().objects.filter(is_active=True) if account.roles]
    accounts.sort(key=lambda account: (min(order.get(role, len(order)) for role in account.roles), account.username))
    offered: dict[tuple[str, str], DemoAccount] = {}
    for account in accounts:
        name = account.display_name or account.username
        opens = " ".join(ROLE[role].description for role in account.roles if role in ROLE)
        offered.setdefault((name, opens), DemoAccount(account.username, name, opens))
    return tuple(offered.values())


@register.filter
def plain_label(field: BoundField) -> str:
    """The label of this field in sentence case."""
    return _LABELS.get(field.name, str(field.label))


@register.filter
def plain_error(error: str, field: BoundField) -> str:
    """An error of this field; one for a blank field says what to enter."""
    required = field.field.error_messages.get("required")
    return _BLANK.get(field.name, error) if error == required else error


@register.simple_tag
def govuk_field(field: BoundField) -> SafeString:
    """This field's input, with GOV.UK's class and its error named to assistive technology."""
    is_box = field.widget_type == "checkbox"
    classes = "govuk-checkboxes__input" if is_box else "govuk-input govuk-input--width-20"
    attributes: dict[str, str | bool] = {"class": classes}
    if field.errors:
        attributes["class"] = classes if is_box else f"{classes} govuk-input--error"
        attributes["aria-describedby"] = f"{field.id_for_label}-error"
    field.field.widget.attrs.pop("placeholder", None)
    return field.as_widget(attrs=attributes)
