"""The routes of Belgium under one version, which every finding keeps."""

from functools import cache

from perron.rules.belgium.asylum import INTERNATIONAL_PROTECTION, STATELESS, TRAFFICKING_VICTIM
from perron.rules.belgium.family import (
    JOINING_EU_OR_BELGIAN,
    JOINING_LIMITED,
    JOINING_UNLIMITED,
    PROTECTED_FAMILY,
)
from perron.rules.belgium.going_back import STAY_AFTER_PROTECTION, VOLUNTARY_RETURN
from perron.rules.belgium.lasting import NATIONALITY, NATURALISATION, SETTLEMENT
from perron.rules.belgium.long_term import LONG_TERM_RESIDENT, UNLIMITED_STAY
from perron.rules.belgium.minors import UNACCOMPANIED_MINOR
from perron.rules.belgium.regularisation import HUMANITARIAN, MEDICAL
from perron.rules.belgium.self_employment import SELF_EMPLOYED
from perron.rules.belgium.study import SEARCH_YEAR, STUDENT
from perron.rules.belgium.temporary_protection import protection
from perron.rules.belgium.work import BLUE_CARD, SINGLE_PERMIT
from perron.rules.law import Changes
from perron.rules.routes import Rulebook

VERSION = "be-2026-11-28"


def version_of(changes: Changes) -> str:
    """Which law answers: the version of the rulebook, and how many changes of a law desk lie over it, as ``…+3``."""
    return f"{VERSION}+{len(changes.rows)}" if changes.rows else VERSION


@cache
def belgium(*, safe_return: bool = False) -> Rulebook:
    """Temporary protection and the routes that can follow it; with ``safe_return`` the track of return too."""
    staying = (
        protection(),
        PROTECTED_FAMILY,
        INTERNATIONAL_PROTECTION,
        SINGLE_PERMIT,
        BLUE_CARD,
        SELF_EMPLOYED,
        STUDENT,
        SEARCH_YEAR,
        JOINING_UNLIMITED,
        JOINING_LIMITED,
        JOINING_EU_OR_BELGIAN,
        HUMANITARIAN,
        MEDICAL,
        UNACCOMPANIED_MINOR,
        STATELESS,
        TRAFFICKING_VICTIM,
        LONG_TERM_RESIDENT,
        UNLIMITED_STAY,
        SETTLEMENT,
        NATIONALITY,
        NATURALISATION,
        STAY_AFTER_PROTECTION,
    )
    return Rulebook(VERSION, (*staying, VOLUNTARY_RETURN) if safe_return else staying)
