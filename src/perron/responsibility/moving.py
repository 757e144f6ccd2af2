"""Whether families may become one."""

from collections.abc import Iterable

from perron.vocabulary.verdicts import Decision
from perron.vocabulary.wording import message


def may_join(hides: Iterable[bool | None]) -> Decision:
    """Whether people may be one household: for each pair, whether one hides from the other. None is not known."""
    if all(each is False for each in hides):
        return Decision(allowed=True)
    return Decision(allowed=False, reason=message("safety.apart"))
