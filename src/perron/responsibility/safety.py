"""Who may know where a person is who must not be found. What is not known counts as danger: it is not shown."""

from collections.abc import Collection

from perron.vocabulary.people import PersonId
from perron.vocabulary.verdicts import Decision
from perron.vocabulary.wording import message


def may_know(*, safe: bool | None, tied: bool | None) -> bool:
    """Whether an organisation with sight of a person may go on reading about them.

    ``safe``: the person is in safe mode; ``tied``: it holds an open line of theirs or gives them their roof.
    None is not known. In safe mode only those who act for the person look; whoever merely did so once does not.
    """
    return safe is False or tied is True


def shows_place(*, safe: bool | None) -> bool:
    """Whether a page, slip or letter that another may pick up may name the place where the person sleeps."""
    return safe is False


def may_hold_link(*, safe: bool | None, along: bool | None) -> bool:
    """Whether a personal link may be given: never for a child that stays with somebody who must not be found."""
    return safe is False or along is False


def may_leave(going: Collection[PersonId], all_of_them: Collection[PersonId]) -> Decision:
    """Whether these people may go on as a household of their own: some of them, and not all."""
    if not going or not set(going) < set(all_of_them):
        return Decision(allowed=False, reason=message("household.some_must_stay"))
    return Decision(allowed=True)
