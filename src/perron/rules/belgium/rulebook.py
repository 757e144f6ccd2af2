"""The routes of Belgium under one version, which every finding keeps."""

from functools import cache

from perron.rules.belgium.going_back import VOLUNTARY_RETURN
from perron.rules.belgium.long_term import LONG_TERM_RESIDENT, UNLIMITED_STAY
from perron.rules.belgium.minors import UNACCOMPANIED_MINOR
from perron.rules.belgium.regularisation import HUMANITARIAN
from perron.rules.belgium.temporary_protection import protection
from perron.rules.belgium.work import SINGLE_PERMIT
from perron.rules.routes import Rulebook

VERSION = "be-2026-11-26"


@cache
def belgium(*, safe_return: bool = False) -> Rulebook:
    """Temporary protection and the routes that can follow it; with ``safe_return`` the track of return too."""
    staying = (
        protection(),
        SINGLE_PERMIT,
        HUMANITARIAN,
        UNACCOMPANIED_MINOR,
        LONG_TERM_RESIDENT,
        UNLIMITED_STAY,
    )
    return Rulebook(VERSION, (*staying, VOLUNTARY_RETURN) if safe_return else staying)
