"""The whole demonstration: organisations, users, places, and every story told up to now."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from random import Random

from django.conf import settings

from perron.vocabulary.intervals import BRUSSELS, day_in_brussels
from perron.vocabulary.organisations import OrganisationKind
from perron_site.actions.demonstration import declare_demonstration
from perron_site.commands.demonstration.bulk import play_country
from perron_site.commands.demonstration.desks import Desks, seat_users
from perron_site.commands.demonstration.histories import history
from perron_site.commands.demonstration.nights import nights
from perron_site.commands.demonstration.people import households
from perron_site.commands.demonstration.places import confirm_sites, open_sites
from perron_site.commands.demonstration.queue import play_queue
from perron_site.commands.demonstration.stage import Stage
from perron_site.commands.opening import load_organisations
from perron_site.queries.organisations import organisation, the_system
from perron_site.records.settling import settled

OPENS_BEFORE = timedelta(days=2)
ACT_BY_ACT, OF_A_COUNTRY = 200, 100
"""Up to so many people are told act by act, with every night and every answer; of more these, the others at once."""
Tick = Callable[[int, int], None]


def play(now: datetime, *, people: int, seed: int, password: str, tick: Tick) -> int:
    """Make so many people and tell what happened to them until now; the number of households."""
    with settled(day_in_brussels(now)):
        load_organisations(now)
        desks = seat_users(the_system(now), password)
        told = people if people <= ACT_BY_ACT else OF_A_COUNTRY
        made = recent(now, people=told, seed=seed, desks=desks, tick=tick)
        if people > told:
            made += play_country(now, people=people - told, seed=seed, desks=desks, tick=tick)
        declare_demonstration(the_system(now), people=people, seed=seed, training=settings.TRAINING)
    return made


def recent(now: datetime, *, people: int, seed: int, desks: Desks, tick: Tick) -> int:
    """Tell act by act what happened to some people in the last months; the number of households."""
    today = day_in_brussels(now)
    plans = households(people, today, Random(seed))  # noqa: S311 - invented people, no secrets
    first = today - OPENS_BEFORE - timedelta(days=max((plan.days_ago for plan in plans), default=0))
    opening = datetime.combine(first, time(8), BRUSSELS)
    stage = Stage(
        desks=desks,
        dispatch=organisation(OrganisationKind.FEDASIL),
        registry=organisation(OrganisationKind.DVZ),
        now=now,
        seed=seed,
    )
    sites = open_sites(people, opening)
    for plan in plans:
        stage.begin(history(stage, plan))
    stage.begin(nights(stage, first))
    length = max((now - opening).days, 1)
    stage.play(lambda at: tick((at - opening).days, length))
    confirm_sites(sites, now)
    play_queue(stage.registry, now)
    return len(plans)
