"""The store as Django knows it."""

from django.apps import AppConfig


class Store(AppConfig):
    """Where do our tables live? Under the label `store`."""

    name = "duecare.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
