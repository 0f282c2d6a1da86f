"""Prints every address of the site as JSON: what `duecare routes` runs, as `duecare serve` runs the web server."""

from __future__ import annotations

import dataclasses
import sys

import orjson


def main() -> None:
    """Write the list of routes to standard output."""
    from duecare.use_cases.operations.open_store import open_store

    open_store(migrate=False)
    from duecare.web.site.routes import all_routes

    sys.stdout.buffer.write(orjson.dumps([dataclasses.asdict(route) for route in all_routes()]))


if __name__ == "__main__":
    main()
