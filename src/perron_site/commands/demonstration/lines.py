"""The lines of a household on the stage: who holds them, and how they move a step."""

from collections.abc import Collection

from perron.vocabulary.acting import Acting
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.people import HouseholdId
from perron.vocabulary.tracks import Step, Track, TrackKind
from perron_site.actions.tracks import set_step, take_up
from perron_site.commands.demonstration.stage import Stage
from perron_site.queries.standing import open_lines

ROLE_AT: dict[OrganisationKind, Role] = {
    OrganisationKind.DVZ: Role.REGISTRAR,
    OrganisationKind.FEDASIL: Role.DISPATCHER,
    OrganisationKind.MUNICIPALITY: Role.HOUSING_OFFICER,
    OrganisationKind.REGION: Role.COORDINATOR,
}


def holder(stage: Stage, track: Track) -> Acting:
    """Somebody of the organisation that holds the baton."""
    return stage.desk(track.responsible, ROLE_AT.get(track.responsible_kind, Role.CASE_WORKER))


def take_up_lines(stage: Stage, household: HouseholdId, kinds: Collection[TrackKind]) -> None:
    """Let the holders say yes to what nobody has taken up."""
    for track in open_lines(household, kinds):
        if track.taken_up_at is None:
            take_up(holder(stage, track), track_id=track.id)


def move_lines(stage: Stage, household: HouseholdId, step: Step) -> None:
    """Bring a line of everybody to this step."""
    kind = TrackKind(step.value.partition(".")[0])
    for track in open_lines(household, {kind}):
        set_step(holder(stage, track), track_id=track.id, step=step)
