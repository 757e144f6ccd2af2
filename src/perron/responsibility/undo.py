"""Whether an act on several rows may still be taken back."""

from datetime import datetime, timedelta

from perron.vocabulary.verdicts import Decision
from perron.vocabulary.wording import message

UNDO_WITHIN = timedelta(minutes=10)
"""How long an act on several rows can be taken back (design, mark D)."""


def may_undo(done_at: datetime, now: datetime, *, undone: bool, touched: bool) -> Decision:
    """Whether it may be taken back; ``touched``: somebody has acted on one of the rows since."""
    if undone:
        return Decision(allowed=False, reason=message("undo.done_already"))
    if now - done_at > UNDO_WITHIN:
        return Decision(allowed=False, reason=message("undo.too_late"))
    if touched:
        return Decision(allowed=False, reason=message("undo.somebody_acted"))
    return Decision(allowed=True)
