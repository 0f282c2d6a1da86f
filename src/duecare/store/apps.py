"""The store as Django knows it."""

from django.apps import AppConfig
from django.conf import settings


class Store(AppConfig):
    """The application whose tables these are, under the label `store`."""

    name = "duecare.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Print SQL statements to the server log where the settings ask for it."""
        if settings.SHOW_SQL:
            from duecare.store.database.statement_log import log_statements

            log_statements()
