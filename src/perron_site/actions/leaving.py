"""A household leaves a place: its beds are free, it says where it lives now if it likes, and a slip can be undone."""

from datetime import date

from perron.vocabulary.acting import Acting
from perron.vocabulary.errors import Refused
from perron.vocabulary.events import Event
from perron.vocabulary.housing import HousingMoment, LivingSituation
from perron_site.actions.households import state_living
from perron_site.actions.stays import release, reopen_roof, stay_locked
from perron_site.records import facts, models
from perron_site.records.journal import record
from perron_site.records.moving import remember, snapshot
from perron_site.records.settling import act


@act
def move_out(by: Acting, *, stay_id: int, on: date, lives: LivingSituation | None = None) -> None:
    """The household leaves and does not sleep there the night of that day. Without another place it asks again.

    ``lives``: the kind of place in which those who slept there live now, where they said it; never in safe mode.
    It can be undone for some minutes, as long as nobody acts on them and their beds are free.
    """
    stay = stay_locked(by, stay_id)
    if stay.state != models.StayState.RUNNING:
        raise Refused("stay.not_running")
    if on < stay.start or on > by.tonight:
        raise Refused("stay.leaves_on_another_day", day=on)
    homes = [stay.household_id]
    people = [person.pk for person in facts.present(stay.household_id)]
    before = snapshot(homes, people)
    if lives is not None:
        say_where(by, stay, people, lives)
    release(stay, on, models.StayState.ENDED, by)
    reopen_roof(by, stay.household)
    line = record(
        by, Event.STAY_MOVED_OUT, stay.household, stay=stay.pk, on=on.isoformat()
    )  # the last line: nothing of it is done after the act
    remember(line, before, homes, people)


def say_where(by: Acting, stay: models.Stay, people: list[int], lives: LivingSituation) -> None:
    """Keep it of everybody of the household who slept there."""
    slept = models.BedNight.objects.filter(stay=stay, person__in=people).order_by("person_id")
    for person in slept.values_list("person_id", flat=True).distinct():
        state_living(by, person_id=person, moment=HousingMoment.EXIT, situation=lives)
