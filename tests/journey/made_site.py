"""A demo site of its own process: one made-up account for each role, every step handing over its made value.

Run as `python -m tests.journey.made_site [plain]`; prints its address. With `plain`, as if no style had been built.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

PASSWORD = "made up for a test"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *said: object) -> None:
        """Nothing is printed but the address."""


def main() -> None:
    """Serve until ended."""
    Path(os.environ["DUECARE_HOME"], "demo").touch()
    os.environ["DJANGO_SETTINGS_MODULE"] = "duecare.settings"
    import django

    django.setup()
    import pytest
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from tests.made.stand_ins import hand_over_made_values

    from duecare.access.roles import ROLES
    from duecare.web.site import static_files

    if "plain" in sys.argv:
        static_files.BUILT = Path(os.environ["DUECARE_HOME"], "nothing.css")
    call_command("migrate", verbosity=0)
    hand_over_made_values(pytest.MonkeyPatch())
    accounts = get_user_model().objects
    for role in ROLES:
        accounts.create_user(role.name, password=PASSWORD, roles=[role.name], display_name=f"{role.display} MADEUP")
    accounts.create_user(
        "everything", roles=["chief_officer", "data_officer", "audit_lead"], display_name="Everything MADEUP"
    )
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=_Server, handler_class=_Quiet)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
