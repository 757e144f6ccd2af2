"""Here, abroad, gone, not to be found: what concerns every line of a person at once.

Belgian rules name no longest absence (belgium.md 7, row 16: unknown), so abroad stops no line and no clock.
Who left or cannot be found is removed from the register, and registers anew on coming back (oostende.be, V).
"""

from collections.abc import Collection
from datetime import date

from perron.vocabulary.people import Presence, Tried
from perron.vocabulary.verdicts import Decision
from perron.vocabulary.wording import message

FOLLOWS: dict[Presence, frozenset[Presence]] = {
    Presence.HERE: frozenset({Presence.ABROAD, Presence.UNTRACEABLE, Presence.LEFT, Presence.DIED}),
    Presence.ABROAD: frozenset(Presence),
    Presence.UNTRACEABLE: frozenset({Presence.HERE, Presence.LEFT, Presence.DIED}),
    Presence.LEFT: frozenset({Presence.HERE, Presence.DIED}),
    Presence.DIED: frozenset(),
}

ENDS_ALL_LINES = frozenset({Presence.UNTRACEABLE, Presence.LEFT, Presence.DIED})


WHERE_FIRST = (
    Presence.HERE,
    Presence.ABROAD,
    Presence.DIED,
    Presence.LEFT,
    Presence.UNTRACEABLE,
)


def of_one(first: Presence, double: Presence) -> Presence | None:
    """Where somebody is who was registered twice: who came back was found again, whatever the older record says.

    None: one record says that they died, the other one that they are not gone.
    """
    both = {first, double}
    if Presence.DIED in both and both - ENDS_ALL_LINES:
        return None
    return min(both, key=WHERE_FIRST.index)


def may_be(
    was: Presence, now: Presence, tried: Collection[Tried], until: date | None, on: date
) -> Decision:
    """Whether this may be noted; somebody is lost only after everything was tried (design, mark D).

    ``until``: the day on which who is abroad should be back, so that they are looked for after it.
    """
    if now not in FOLLOWS[was]:
        return Decision(allowed=False, reason=message("presence.does_not_follow"))
    if now is Presence.UNTRACEABLE and set(tried) != set(Tried):
        return Decision(allowed=False, reason=message("presence.not_tried_enough"))
    if (now is Presence.ABROAD) != (until is not None) or (until is not None and until <= on):
        return Decision(allowed=False, reason=message("presence.back_on_a_day_to_come"))
    return Decision(allowed=True)
