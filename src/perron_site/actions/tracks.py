"""Lines: an organisation says yes to one, or brings it to its next step."""

from perron.responsibility.matrix import adopted, first_step
from perron.responsibility.tracks import may_act, may_step
from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Conflict, NotFound, Refused
from perron.vocabulary.events import Event
from perron.vocabulary.tracks import Step, TrackKind
from perron_site.actions.handovers import must_be
from perron_site.actions.households import home, locked
from perron_site.actions.undo import Before, remember, state_of
from perron_site.records import facts, models
from perron_site.records.conflicts import conflicts
from perron_site.records.journal import record
from perron_site.records.lines import duty_of, open_line, open_next, stand, take
from perron_site.records.locking import household_lock
from perron_site.records.settling import act
from perron_site.records.sight import must_see


@act
def take_up(by: Acting, *, track_id: int) -> None:
    """The holder that the matrix names says yes: somebody has taken the line up."""
    track, household = held(by, track_id)
    if track.taken_up_at is not None:
        raise Refused("track.taken_up_already")
    must_be(may_act(facts.track(track, household), by.role, by.on))
    take(by, track, by.organisation)
    record(by, Event.TRACK_TAKEN_UP, household, track.person, track=track.pk)


@act
def take_up_all(by: Acting, *, track_ids: tuple[int, ...]) -> None:
    """Take up several lines; all or none."""
    with conflicts():
        before = held_before(by, track_ids)
        for each in sorted(track_ids):
            take_up(by, track_id=each)  # records each
    remember(by, models.BulkKind.TAKEN_UP, before)


@act
def set_step_of_all(by: Acting, *, track_ids: tuple[int, ...], step: Step) -> None:
    """Bring the lines of several people to the same step; all or none."""
    with conflicts():
        before = held_before(by, track_ids)
        for each in sorted(track_ids):
            set_step(by, track_id=each, step=step)  # records each
    remember(by, models.BulkKind.STEP_SET, before)


def held_before(
    by: Acting, track_ids: tuple[int, ...]
) -> list[tuple[models.Track, models.Household, Before]]:
    """The lines and how they stand, locked in the order of their numbers, their households before them."""
    people = models.Track.objects.filter(pk__in=track_ids).order_by().values("person")
    there = models.HouseholdMember.objects.filter(person__in=people, end__isnull=True).order_by()
    homes = models.Household.objects.filter(pk__in=there.values("household")).order_by("pk")
    list(homes.select_for_update())
    rows = [held(by, each) for each in sorted(track_ids)]
    return [(track, household, state_of(track)) for track, household in rows]


@act
def set_step(by: Acting, *, track_id: int, step: Step) -> None:
    """Bring a line to a step that may follow. Other lines never move with it; new ones may open."""
    track, household = held(by, track_id)
    line = facts.track(track, household)
    must_be(may_act(line, by.role, by.on))
    must_be(may_step(line, step, by.on))
    stand(by, household, track, step)  # records the step


@act
def open_track(by: Acting, *, person_id: int, kind: TrackKind) -> None:
    """Open a line that the matrix did not open by itself: care, work, another permit."""
    person = locked(by, person_id)
    with conflicts():
        open_line(by, home(person), person, first_step(kind))  # records the line


@act
def open_what_is_due(by: Acting) -> None:
    """Open the lines that open some days before the protection ends, for whom the day has come."""
    for step, line in sorted(
        {
            (row.step, each.line)
            for row in adopted().rows
            for each in row.opens
            if each.days_before_end
        }
    ):
        had = models.Track.objects.filter(kind=line).values("person")
        rows = models.Track.objects.filter(step=step, closed_on__isnull=True)
        for track in rows.exclude(person__in=had).select_related("person").order_by("pk"):
            household = home(track.person)
            here = duty_of(household, track, step, by.on)
            open_next(by, household, track.person, here)  # records each


def held(by: Acting, track_id: int) -> tuple[models.Track, models.Household]:
    """The line and its household, both locked, if the acting organisation holds the baton."""
    found = models.Track.objects.filter(pk=track_id, closed_on__isnull=True).first()
    if found is None:
        raise NotFound("not_found.track")
    must_see(by, [found.person_id])
    there = home(models.Person(pk=found.person_id))
    household = household_lock(there.pk)
    if home(models.Person(pk=found.person_id)).pk != household.pk:  # went on elsewhere meanwhile
        raise Conflict("conflict.try_again")
    rows = models.Track.objects.select_for_update(of=("self",))
    open_still = rows.select_related("responsible", "person").filter(closed_on__isnull=True)
    track = open_still.filter(pk=track_id).first()
    if track is None:  # ended a moment ago
        raise NotFound("not_found.track")
    if track.responsible_id != by.organisation:
        raise Refused("track.held_by_another")
    return track, household
