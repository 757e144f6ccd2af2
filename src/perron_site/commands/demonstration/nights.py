"""The dispatcher, night after night: proposes for everybody at once, and one person decides."""

from datetime import date, datetime, time, timedelta
from random import Random

from perron.vocabulary.intervals import BRUSSELS, tonight
from perron.vocabulary.organisations import Role
from perron.vocabulary.people import HouseholdId
from perron.vocabulary.places import PlaceKind
from perron.vocabulary.tracks import TrackKind
from perron_site.actions.escalations import escalate_handovers
from perron_site.actions.leaving import move_out
from perron_site.actions.roofs import (
    give_bed,
    overrule_proposal,
    propose_tonight,
    refuse_proposal,
    take_proposal,
)
from perron_site.actions.stays import extend_stay, move_in, no_show
from perron_site.commands.demonstration.dice import happens
from perron_site.commands.demonstration.lines import holder
from perron_site.commands.demonstration.stage import Stage, Story
from perron_site.queries.organisations import the_system
from perron_site.queries.standing import (
    OpenProposal,
    ending_stays,
    open_lines,
    open_proposals,
    waiting,
)
from perron_site.queries.tonight import tonight as whole_night

OFTEN, SELDOM = 50, 25
ARRIVES, DECIDES = time(20, 0), time(17, 30)
LONGER = timedelta(days=14)
SAID_NO = "The children go to school on the other side of the country."
OVERRULED = "A sister lives in another town; the household stays with her tonight."
MADE_DO = "Nothing better is free tonight; the house lends what is missing."


def nights(stage: Stage, first: date) -> Story:
    """Every evening since the first day, but not tonight: tonight is for whoever opens the page."""
    dice, night, last = stage.dice(-1), first, tonight(stage.now)
    while night < last:
        yield datetime.combine(night, DECIDES, BRUSSELS)
        escalate_handovers(the_system(datetime.combine(night, DECIDES, BRUSSELS)), on=night)
        lengthen(stage, night)
        if waiting(night):
            decide(stage, night, dice)
        night += timedelta(days=1)


def decide(stage: Stage, night: date, dice: Random) -> None:
    """Propose for all, then sign for each."""
    propose_tonight(stage.desk(stage.dispatch, Role.DISPATCHER), night=night)
    for proposal in open_proposals(night, PlaceKind.EMERGENCY):
        stage.begin(evening(stage, proposal, dice))
    make_do(stage, night)


def make_do(stage: Stage, night: date) -> None:
    """Nobody stays outside because something is missing: the nearest thing to it is given, with a reason."""
    by = stage.desk(stage.dispatch, Role.DISPATCHER)
    for number in [row.id for row in whole_night(by).without]:
        row = next(each for each in whole_night(by, number).without if each.id == number)
        if row.possible and not row.possible[0].fits:
            stay = give_bed(
                stage.desk(stage.dispatch, Role.DISPATCHER),
                household_id=HouseholdId(number),
                unit_id=row.possible[0].unit,
                night=night,
                despite=MADE_DO,
            )
            stage.begin(arrives(stage, stay))


def arrives(stage: Stage, stay: int) -> Story:
    """They come in the evening."""
    yield stage.at.replace(hour=ARRIVES.hour, minute=ARRIVES.minute)
    move_in(stage.desk(stage.dispatch, Role.DISPATCHER), stay_id=stay)


def evening(stage: Stage, proposal: OpenProposal, dice: Random) -> Story:
    """One household that evening: it moves in, says no, does not come, or leaves again."""
    by = stage.desk(stage.dispatch, Role.DISPATCHER)
    if happens(dice, SELDOM):
        refuse_proposal(by, proposal_id=proposal.id, despite=SAID_NO)
        return
    if happens(dice, SELDOM):
        overrule_proposal(by, proposal_id=proposal.id, despite=OVERRULED)
        return
    stay = take_proposal(by, proposal_id=proposal.id)
    comes = not happens(dice, SELDOM)
    yield stage.at.replace(hour=ARRIVES.hour, minute=ARRIVES.minute)
    if not comes:
        yield stage.day(1, 9)
        no_show(stage.desk(stage.dispatch, Role.DISPATCHER), stay_id=stay)
        return
    move_in(stage.desk(stage.dispatch, Role.DISPATCHER), stay_id=stay)
    if happens(dice, OFTEN):
        yield stage.at + timedelta(hours=2)
        by = stage.desk(stage.dispatch, Role.DISPATCHER)
        move_out(by, stay_id=stay, on=by.on)


def lengthen(stage: Stage, night: date) -> None:
    """Keep those who have no home yet: a stay that ends tomorrow goes on, as in a full house."""
    for stay, household in ending_stays(PlaceKind.EMERGENCY, night + timedelta(days=1)):
        roof, *_ = open_lines(household, {TrackKind.ROOF})
        extend_stay(holder(stage, roof), stay_id=stay, end=night + LONGER)
