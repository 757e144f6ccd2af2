"""Whether a line may move to a step."""

from datetime import date

from perron.responsibility.matrix import duty
from perron.vocabulary.organisations import ROLES_OF, Role
from perron.vocabulary.tracks import Step, Track, TrackKind
from perron.vocabulary.verdicts import Decision
from perron.vocabulary.wording import message


def kind_of(step: Step) -> TrackKind:
    """The line to which a step belongs."""
    return TrackKind(step.value.partition(".")[0])


def may_step(track: Track, to: Step, on: date) -> Decision:
    """Whether the step may follow on the day, by the matrix."""
    if kind_of(to) is not track.kind:
        return Decision(allowed=False, reason=message("track.step_of_another_line"))
    if on < track.since:
        return Decision(
            allowed=False, reason=message("track.before_the_last_step", since=track.since)
        )
    here = duty(track.kind, track.step, track.region, on, track.matrix)
    if here.closing:
        return Decision(allowed=False, reason=message("track.line_has_ended"))
    if to not in here.next:
        return Decision(allowed=False, reason=message("track.step_does_not_follow"))
    return Decision(allowed=True)


def may_act(track: Track, role: Role, on: date) -> Decision:
    """Whether this role of the holder may act on the line where it stands.

    The matrix names the roles of its own organisation; another that said yes acts with all it has.
    """
    here = duty(track.kind, track.step, track.region, on, track.matrix)
    roles = here.roles
    if roles and track.responsible_kind is not here.organisation:
        roles = ROLES_OF[track.responsible_kind]
    if roles and role not in roles:
        return Decision(allowed=False, reason=message("track.another_role_acts"))
    return Decision(allowed=True)
