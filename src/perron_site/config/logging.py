"""Logs as data, without personal data: a line names what happened, never whom it was about."""

import traceback
from typing import Any

import structlog

from perron_site.config.home import training

STEPS: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def where(_logger: object, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Say of an error its kind and where it arose; its own text may hold a name or an address."""
    info = event.pop("exc_info", None)
    if info and info is not True and info[1] is not None:
        frames = traceback.extract_tb(info[2])
        event["error"] = type(info[1]).__name__
        event["where"] = [f"{each.filename}:{each.lineno} {each.name}" for each in frames[-8:]]
    return event


def of_django(_logger: object, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Leave out the address that Django writes into its lines: a personal link is one."""
    if str(event.get("logger", "")).startswith("django"):
        event["event"] = "django"
    return event


def of_which_site(_logger: object, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Say of each line of the training site that it is one, so that nobody counts it among real work."""
    return {"training": True, **event} if training() else event


def configured() -> dict[str, Any]:
    """One JSON object a line on standard error, for Django's ``LOGGING``; structlog writes there too."""
    structlog.configure(
        processors=[*STEPS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    render = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        where,
        of_django,
        of_which_site,
        structlog.processors.JSONRenderer(),
    ]
    foreign = [structlog.stdlib.add_logger_name, *STEPS]
    formatter = structlog.stdlib.ProcessorFormatter
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": formatter, "foreign_pre_chain": foreign, "processors": render}
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "perron": {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }
