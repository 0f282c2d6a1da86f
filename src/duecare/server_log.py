"""The server log: one JSON line an event on standard error, with types and places in the code, and no personal value."""

from __future__ import annotations

import logging
import sys
import traceback
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from duecare.vocabulary.refusals import Refusal

if TYPE_CHECKING:
    from structlog.typing import EventDict, FilteringBoundLogger

LEVELS: Final = ("debug", "info", "warning", "error")
MOST_FRAMES: Final = 60
_PACKAGE: Final = Path(__file__).parent


def logging_settings(level: str) -> dict[str, Any]:
    """Settings for Python's logging, as `logging.config.dictConfig` reads them.

    Shape:   Django's own lines about requests stay off: they name the address asked for, which may hold a person's id.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"safe": {"()": "duecare.server_log.SafeFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "safe"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "duecare": {"level": level.upper()},
            "django.request": {"level": "CRITICAL"},
            "splink": {"level": "ERROR"},
        },
    }


def server_logger() -> FilteringBoundLogger:
    """The logger of this package. Whatever is bound to the context, such as the request id, goes with each line."""
    _configure()
    import structlog

    logger: FilteringBoundLogger = structlog.get_logger("duecare")
    return logger


def error_facts(error: BaseException) -> dict[str, Any]:
    """Type, stack and causes of an error, without its message and without the values of any variable.

    Shape:   `stack` lists file, line and function, the place of failure last. The words of a refusal are given, as
             they never hold personal data.
    """
    facts: dict[str, Any] = {"type": _type_name(error), "stack": _places(error.__traceback__)}
    if isinstance(error, Refusal):
        facts["refusal"] = str(error)
    causes = list(_causes(error))
    if causes:
        facts["causes"] = [{"type": _type_name(one), "stack": _places(one.__traceback__)} for one in causes]
    return facts


class SafeFormatter(logging.Formatter):
    """Writes a record as one JSON line. Of a library's record with an error, only type and stack are kept."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line. The library that writes it is loaded with the first line."""
        return _processor_formatter().format(record)


@cache
def _processor_formatter() -> logging.Formatter:
    import structlog

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        # The message of another library as it is written in the code, without what is filled in.
        use_get_message=False,
        processors=[
            _without_words_of_errors,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(sort_keys=True, default=_type_of_value),
        ],
    )


@cache
def _configure() -> None:
    import structlog

    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _without_words_of_errors(_logger: object, _method: str, line: EventDict) -> EventDict:
    given = line.pop("exc_info", None)
    line.pop("stack_info", None)
    if not given:
        return line
    error = given if isinstance(given, BaseException) else given[1] if isinstance(given, tuple) else sys.exc_info()[1]
    if not line.get("_from_structlog"):
        line["event"] = "error"
    if error is not None:
        line.update(error_facts(error))
    return line


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    following = error.__cause__ or error.__context__
    while following is not None and following not in found and following is not error and len(found) < MOST_FRAMES:
        found.append(following)
        following = following.__cause__ or following.__context__
    return found


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False)
    return [f"{_short_path(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[-MOST_FRAMES:]]


def _short_path(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(_PACKAGE):
        return str(Path("duecare") / path.relative_to(_PACKAGE))
    parts = path.parts
    return str(Path(*parts[parts.index("site-packages") + 1 :])) if "site-packages" in parts else path.name


def _type_name(error: BaseException) -> str:
    kind = type(error)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _type_of_value(value: object) -> str:
    return f"<{type(value).__name__}>"
