"""Whether a site may receive people, by the checks of its host and dwelling.

The screening of hosts: circular of 18-03-2022 (Belgian State Gazette 08-04-2022, numac 2022031544; mark V), by the
municipality, with the consent of every adult in the home. Kept are the day and yes or no (GDPR art. 10, mark M+).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from perron.vocabulary.places import CheckOutcome, HostCheckKind


@dataclass(frozen=True, slots=True)
class HostCheck:
    """One check: what was looked at, yes or no, on which day, and until which day it holds where that was said."""

    kind: HostCheckKind
    outcome: CheckOutcome
    on: date
    holds_until: date | None = None


def latest(checks: Iterable[HostCheck]) -> tuple[HostCheck, ...]:
    """The last check of each kind, in the order of the kinds; of one day the one that was written last."""
    found: dict[HostCheckKind, HostCheck] = {}
    for check in checks:
        if check.kind not in found or found[check.kind].on <= check.on:
            found[check.kind] = check
    return tuple(found[kind] for kind in HostCheckKind if kind in found)


def closed(checks: Iterable[HostCheck]) -> bool:
    """Whether nobody may be received: the last check of some kind says no."""
    return any(check.outcome is CheckOutcome.FAILED for check in latest(checks))


def to_renew(check: HostCheck, on: date) -> bool:
    """Whether the day until which the check holds has passed; never where no day was said."""
    return check.holds_until is not None and check.holds_until < on
