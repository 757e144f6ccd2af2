"""Random histories through the real actions: whatever people do in whatever order, the ten invariants hold.

Thirty histories, always the same ones; with PERRON_HISTORIES=5000 so many new ones. Most acts are drawn so that they
can be done; some by the wrong desk, some too late: those must be refused and leave nothing.
"""

import os
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from builders import GENT, MECHELEN, NOW, a_home, a_person, a_site, acting, an_emergency_room
from databases import url
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run
from invariants import broken_at_once, in_six_languages, lawful

from perron.responsibility.caseload import caseload
from perron.responsibility.matrix import matrix_of, next_steps, versions
from perron.responsibility.net import GapKind
from perron.responsibility.presence import ENDS_ALL_LINES
from perron.vocabulary.errors import Conflict, NotFound, Refused
from perron.vocabulary.housing import HousingMoment, LivingSituation
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.people import Need, Presence, Tried
from perron.vocabulary.tracks import DeclineReason, Step, TrackKind
from perron_site.actions.handovers import (
    Consented,
    accept_handover,
    decline_handover,
    offer_handover,
    withdraw_handover,
)
from perron_site.actions.homes import propose_home, refuse_home, take_home
from perron_site.actions.households import register_household, set_need, state_fact
from perron_site.actions.leaving import move_out
from perron_site.actions.merging import merge_households, merge_people, undo_moving
from perron_site.actions.moving import move_household, split_household
from perron_site.actions.notices import write_notices
from perron_site.actions.presence import set_presence
from perron_site.actions.roofs import (
    ask_for_roof,
    give_bed,
    overrule_proposal,
    propose_tonight,
    refuse_proposal,
    take_proposal,
)
from perron_site.actions.stays import cancel_stay, extend_stay, move_in, no_show
from perron_site.actions.tracks import set_step, set_step_of_all, take_up, take_up_all
from perron_site.queries.gaps import gaps
from perron_site.queries.household import household as page
from perron_site.queries.person import person as person_of
from perron_site.records import models
from perron_site.records.context import as_organisation
from perron_site.records.lines import region_of
from perron_site.records.settling import (
    CASELOADS,
    GAPS,
    forget_what_is_over,
    gap_cells,
    last_night,
    settle,
    to_come,
)
from perron_site.records.situations import awaited, situations

HISTORIES = int(os.environ.get("PERRON_HISTORIES", "0"))
DESKS = (
    (OrganisationKind.DVZ, Role.REGISTRAR, None),
    (OrganisationKind.FEDASIL, Role.DISPATCHER, None),
    (OrganisationKind.MUNICIPALITY, Role.HOUSING_OFFICER, GENT),
    (OrganisationKind.MUNICIPALITY, Role.HOUSING_OFFICER, MECHELEN),
    (OrganisationKind.OCMW, Role.CASE_WORKER, GENT),
    (OrganisationKind.OCMW, Role.CASE_WORKER, MECHELEN),
)
OFFERED = models.Handover.objects.filter(state="offered")
desks = st.integers(0, len(DESKS) - 1)
picks = st.integers(0, 10**6)
SAYING_NO = (Refused, Conflict, NotFound)
DONE: Counter[str] = Counter()
WHEREABOUTS = (*[Presence.ABROAD, Presence.HERE] * 5, *sorted(ENDS_ALL_LINES))
STATED = {
    "resided_in_ua_before_20220224": (True, False),
    "lived_in_eu_before_20220224": (True, False),
    "ua_protection": ("none", "refugee", "complementary", "stateless"),
    "ua_permit": ("none", "temporary", "permanent"),
    "left_ua_on": ("2022-03", "2021-12", "2022-02-24"),
    "safe_return_to_origin": (True, False),
    "absence_reason_20220224": ("not_absent", "holiday", "moved_abroad"),
    "nationality": (["UA"], ["RU"], []),
}


def waiting():
    """Households that ask for a roof."""
    return models.Household.objects.filter(roofrequest__state="open")


def lived_in():
    """Households to which somebody belongs: the one that was merged into another stands empty."""
    there = models.HouseholdMember.objects.filter(end__isnull=True)
    return models.Household.objects.filter(pk__in=there.values("household"))


def without_a_request():
    return lived_in().exclude(roofrequest__state="open")


def free_homes():
    """Homes that are promised to nobody and in which nobody lives."""
    held = models.BedNight.objects.filter(stay__state__in=("booked", "running"))
    promised = models.Proposal.objects.filter(state="open")
    taken = held.values("bed__unit").union(promised.values("unit"))
    return models.Unit.objects.filter(kind="home").exclude(pk__in=taken)


def proposed(kind):
    return models.Proposal.objects.filter(state="open", unit__kind=kind)


class History(RuleBasedStateMachine):
    """A small country: two towns, two sites, and whatever people do there."""

    def __init__(self):
        super().__init__()
        self.now, self.drawn = NOW, 0
        DONE["histories"] += 1
        self.staff = [acting(*each) for each in DESKS]
        self.country = transaction.atomic()
        self.country.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.country.__exit__(None, None, None)

    @initialize()
    def open_the_country(self):
        for number, nis in ((2, GENT), (3, MECHELEN)):
            a_site(
                self.desk(number),
                an_emergency_room(3),
                a_home(2),
                a_home(3, "Flat 2"),
                municipality=nis,
                name=f"Site {nis}",
            )
        a_site(self.desk(1), an_emergency_room(2, shared=False), an_emergency_room(4, "Dormitory"))
        self.register(size=2, roof=True, wheelchair=False)

    def desk(self, number):
        return replace(self.staff[number], at=self.now)

    def right(self, organisation, desk, pick):
        """Mostly the desk of the organisation that may do it, sometimes any."""
        numbers = {self.desk(each).organisation: each for each in range(len(DESKS))}
        return self.desk(numbers.get(organisation, desk) if pick % 5 else desk)

    def holder(self, household, desk, pick):
        """Mostly the desk that holds the roof of a household."""
        here = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
        people = here.values("person")
        roofs = models.Track.objects.filter(person__in=people, kind="roof").order_by("pk")
        held = roofs.values_list("responsible", flat=True).first()
        return self.right(held, desk, pick)

    def host(self, stay, desk, pick):
        """Mostly the desk of the site where a stay is."""
        return self.right(models.Stay.objects.get(pk=stay).unit.site.organisation_id, desk, pick)

    def act(self, verb, by, **more):
        """An act leaves a line, or is refused and leaves none; it sees no more than its organisation may."""
        before = models.Journal.objects.count()
        try:
            with as_organisation(by):
                verb(by, **more)
        except SAYING_NO:
            assert models.Journal.objects.count() == before, verb.__name__
            DONE[f"{verb.__name__}: no"] += 1
        else:
            DONE[verb.__name__] += 1
            may_be_idle = verb in {propose_tonight, write_notices}
            assert models.Journal.objects.count() > before or may_be_idle, verb.__name__

    def one(self, rows, pick):
        found = list(rows.order_by("pk").values_list("pk", flat=True))
        return found[pick % len(found)] if found else None

    @rule(size=st.integers(1, 3), roof=st.booleans(), wheelchair=st.booleans())
    def register(self, size, roof, wheelchair):
        needs = [Need.WHEELCHAIR] if wheelchair else []
        people = tuple(a_person(f"P{each}", needs=needs) for each in range(size))
        by = self.desk(0)
        self.act(register_household, by, people=people, arrived_on=by.on, roof=roof)

    @rule(hours=st.integers(1, 144))
    def hours_pass(self, hours):
        self.now += timedelta(hours=hours)

    @precondition(lambda _: without_a_request().exists())
    @rule(desk=desks, pick=picks)
    def ask(self, desk, pick):
        household = self.one(without_a_request() if pick % 5 else models.Household.objects, pick)
        self.act(ask_for_roof, self.holder(household, desk, pick), household_id=household)

    @precondition(lambda _: waiting().exclude(proposal__state="open").exists())
    @rule()
    def propose(self):
        by = self.desk(1)
        self.act(propose_tonight, by, night=by.tonight)

    @precondition(lambda _: proposed("emergency").exists())
    @rule(pick=picks, way=st.sampled_from(["take", "take", "overrule", "refuse"]))
    def decide(self, pick, way):
        proposal = self.one(proposed("emergency"), pick)
        by = self.desk(1)
        if way == "take":
            self.act(take_proposal, by, proposal_id=proposal)
        elif way == "overrule":
            self.act(overrule_proposal, by, proposal_id=proposal, despite="Reason")
        else:
            self.act(refuse_proposal, by, proposal_id=proposal, despite="Reason")

    @precondition(lambda _: waiting().exists())
    @rule(desk=desks, pick=picks, unit=picks)
    def give(self, desk, pick, unit):
        by = self.right(self.desk(1).organisation, desk, pick)
        self.act(
            give_bed, by,
            household_id=self.one(waiting() if pick % 5 else models.Household.objects, pick),
            unit_id=self.one(models.Unit.objects.filter(kind="emergency"), unit),
            night=by.tonight, despite="Reason",
        )  # fmt: skip

    @precondition(lambda _: models.Stay.objects.filter(state="booked").exists())
    @rule(desk=desks, pick=picks, verb=st.sampled_from([move_in, move_in, no_show, cancel_stay]))
    def arrive(self, desk, pick, verb):
        stay = self.one(models.Stay.objects.filter(state="booked"), pick)
        self.act(verb, self.host(stay, desk, pick), stay_id=stay)

    @precondition(lambda _: models.Stay.objects.filter(state="running").exists())
    @rule(desk=desks, pick=picks, leaves=st.booleans())
    def stay(self, desk, pick, leaves):
        stay = self.one(models.Stay.objects.filter(state="running"), pick)
        by = self.host(stay, desk, pick)
        if leaves:
            lives = list(LivingSituation)[pick % 14] if pick % 2 else None
            self.act(move_out, by, stay_id=stay, on=by.tonight, lives=lives)
        else:
            self.act(extend_stay, by, stay_id=stay, end=by.on + timedelta(days=1 + pick % 9))

    @rule(desk=desks, pick=picks, receiver=desks, many=st.booleans(), consent=st.booleans())
    def offer(self, desk, pick, receiver, many, consent):
        household = self.one(lived_in(), pick)
        by = self.holder(household, desk, pick)
        here = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
        people = here.values("person")
        tracks = models.Track.objects.filter(
            person__in=people, closed_on__isnull=True, responsible=by.organisation
        )
        if pick % 4:
            tracks = tracks.exclude(handovertrack__open=True)
            receiver += self.desk(receiver).organisation == by.organisation
        numbers = tuple(tracks.order_by("pk").values_list("pk", flat=True))
        if not numbers and pick % 5:
            return
        self.act(
            offer_handover, by, household_id=household,
            track_ids=numbers if many else numbers[:1],
            receiver_id=self.desk(receiver % len(DESKS)).organisation,
            why="", consent=consent, without_consent_because="Not reached" if pick % 3 else "",
            consented=Consented(words="x" if pick % 2 else ""),
        )  # fmt: skip

    @precondition(lambda _: models.Handover.objects.exists())
    @rule(
        desk=desks, pick=picks,
        way=st.sampled_from(["accept", "accept", "decline", "withdraw", "withdraw"]), late=st.integers(0, 9),
    )  # fmt: skip
    def answer(self, desk, pick, way, late):
        """By anybody, and one in ten too late: whoever has no part in it gets nothing."""
        offers = models.Handover.objects.all() if not late else OFFERED.all()
        if (handover := self.one(offers, pick)) is None:
            return
        row = models.Handover.objects.get(pk=handover)
        by = self.right(row.giver_id if way == "withdraw" else row.receiver_id, desk, pick)
        if way == "accept":
            self.act(accept_handover, by, handover_id=handover)
        elif way == "withdraw":
            self.act(withdraw_handover, by, handover_id=handover)
        else:
            self.act(decline_handover, by, handover_id=handover, reason=DeclineReason.NO_PLACE)

    @rule(desk=desks, pick=picks, many=st.booleans())
    def say_yes(self, desk, pick, many):
        waiting = models.Track.objects.filter(closed_on__isnull=True, taken_up_at__isnull=True)
        if (track := self.one(waiting, pick)) is None:
            return
        held = models.Track.objects.get(pk=track).responsible_id
        by = self.right(held, desk, pick)
        if many:
            same = waiting.filter(responsible=held).order_by("pk").values_list("pk", flat=True)
            self.act(take_up_all, by, track_ids=tuple(same[:3]))
        else:
            self.act(take_up, by, track_id=track)

    @rule(desk=desks, pick=picks, wild=st.integers(0, 9))
    def go_on(self, desk, pick, wild):
        """Mostly to a step that may follow, by whoever holds the line."""
        rows = models.Track.objects.filter(closed_on__isnull=True).exclude(kind="roof")
        if (track := self.one(rows, pick)) is None:
            return
        row = models.Track.objects.get(pk=track)
        home = models.Household.objects.get(
            householdmember__person=row.person_id, householdmember__end__isnull=True
        )
        ways = next_steps(
            TrackKind(row.kind), Step(row.step), region_of(home), row.since, row.matrix
        )
        anywhere = list(Step)
        step = ways[pick % len(ways)] if wild and ways else anywhere[pick % len(anywhere)]
        by = self.right(row.responsible_id, desk, pick)
        alike = rows.filter(kind=row.kind, step=row.step, responsible=row.responsible_id)
        if pick % 3:
            self.act(set_step, by, track_id=track, step=step)
        else:
            numbers = tuple(alike.order_by("pk").values_list("pk", flat=True)[:3])
            self.act(set_step_of_all, by, track_ids=numbers, step=step)

    @rule(desk=desks, pick=picks, name=st.sampled_from(sorted(STATED)))
    def say(self, desk, pick, name):
        """A person states something about themselves, at a desk that may see them."""
        person = self.one(models.Person.objects, pick)
        sight = models.Sight.objects.filter(person=person).order_by("pk")
        by = self.right(sight.values_list("organisation", flat=True).first(), desk, pick)
        value = STATED[name][pick % len(STATED[name])]
        self.act(state_fact, by, person_id=person, name=name, value=value)
        if pick % 4 == 0:
            self.act(set_need, by, person_id=person, need=Need.WHEELCHAIR)

    @precondition(lambda _: models.Track.objects.filter(step="protection.granted").exists())
    @rule()
    def tell(self):
        by = self.desk(0)
        self.act(write_notices, by, on=by.on)

    @precondition(
        lambda _: free_homes().exists() and lived_in().exclude(proposal__state="open").exists()
    )
    @rule(desk=desks, pick=picks)
    def seek_a_home(self, desk, pick):
        """Mostly a town's desk, for a household that it sees: others have no homes to promise."""
        rows = lived_in().exclude(proposal__state="open") if pick % 5 else models.Household.objects
        town = self.desk(2 + desk % 4)
        if pick % 3:
            seen = models.Sight.objects.filter(organisation=town.organisation).values("person")
            rows = rows.filter(householdmember__person__in=seen).distinct()
        if household := self.one(rows, pick):
            self.act(propose_home, town, household_id=household)

    @rule(desk=desks, pick=picks, yes=st.booleans(), later=st.integers(0, 4))
    @precondition(lambda _: proposed("home").exists())
    def answer_the_home(self, desk, pick, yes, later):
        proposal = self.one(proposed("home"), pick)
        by = self.holder(models.Proposal.objects.get(pk=proposal).household_id, desk, pick)
        if yes:
            start = by.on + timedelta(days=later)
            self.act(take_home, by, proposal_id=proposal, start=start)
        else:
            self.act(refuse_home, by, proposal_id=proposal, despite="Too far")

    def seeing(self, people, desk, pick):
        """Mostly a desk that sees all these people."""
        for number in range(len(DESKS)):
            by = self.desk((number + pick) % len(DESKS))
            sight = models.Sight.objects.filter(organisation=by.organisation, person__in=people)
            seen = sight.filter(until__isnull=True).order_by("pk").values_list("person", flat=True)
            if set(people) <= set(seen):
                return self.right(by.organisation, desk, pick)
        return self.desk(desk)

    @rule(desk=desks, pick=picks, what=st.sampled_from(["split", "move", "merge", "same"]))
    def change_the_family(self, desk, pick, what):
        lived = models.HouseholdMember.objects.filter(end__isnull=True).order_by("pk")
        rows = list(lived.values_list("household", "person"))
        home, person = rows[pick % len(rows)]
        others = [row for row in rows if row[0] != home] if pick % 5 else rows
        if not others:
            return
        other, double = others[pick // 7 % len(others)]
        people = [one for where, one in rows if where in {home, other}]
        by = self.seeing(people, desk, pick)
        if what == "split":
            self.act(split_household, by, household_id=home, person_ids=(person,),
                     keeps_nights=bool(pick % 2), why="" if pick % 3 else "x")  # fmt: skip
        elif what == "move":
            self.act(move_household, by, household_id=home, municipality=(GENT, MECHELEN)[pick % 2],
                     why="", consent=True, consented=Consented(words="" if pick % 3 else "x"))  # fmt: skip
        elif what == "merge":
            self.act(merge_households, by, household_id=home, other_id=other)
        else:
            self.act(merge_people, by, person_id=person, double_id=double, why="Twice")

    @rule(desk=desks, pick=picks, presence=st.sampled_from(WHEREABOUTS), back=st.integers(1, 9))
    def come_and_go(self, desk, pick, presence, back):
        """Abroad and back mostly; one in twelve is gone, and the lines end with it."""
        lived = models.HouseholdMember.objects.filter(end__isnull=True).order_by("pk")
        rows = list(lived.values_list("household", "person"))
        home, person = rows[pick % len(rows)]
        if pick % 4 and models.Person.objects.get(pk=person).presence != Presence.HERE:
            presence = Presence.HERE
        by = self.holder(home, desk, pick)
        until = by.on + timedelta(days=back) if presence is Presence.ABROAD else None
        self.act(set_presence, by, person_id=person, presence=presence, tried=tuple(Tried) if pick % 3 else (),
                 until=until, keeps_bed=bool(pick % 2))  # fmt: skip

    @precondition(lambda _: models.Moved.objects.exists())
    @rule(pick=picks, desk=desks)
    def undo(self, pick, desk):
        line = models.Moved.objects.get(pk=self.one(models.Moved.objects, pick)).journal
        by = self.right(line.organisation_id, desk, pick)
        self.act(undo_moving, by, household_id=line.household_id)

    @invariant()
    def every_sentence_about_the_rows_is_true(self):
        with connection.cursor() as cursor:
            cursor.execute("select * from broken(%s)", [self.desk(0).on])
            assert cursor.fetchall() == []

    @invariant()
    def every_answer_of_the_law_is_dated_sourced_and_no_more_certain_than_the_facts(self):
        latest = models.Fact.objects.order_by("pk").last()
        if latest is not None:
            said = latest.person.fact_set.exclude(name__in=list(HousingMoment))  # no law asks it
            stated = said.order_by("name")
            lawful({row.name: row.value for row in stated}, NOW.date())

    @invariant()
    def every_notice_is_there_in_six_languages(self):
        for notice in models.Notice.objects.order_by("pk"):
            in_six_languages(notice.kind, notice.params)

    @invariant()
    def the_gaps_are_the_lines_that_nobody_took_up(self):
        found = {
            (gap.person, gap.track)
            for gap in gaps(self.desk(1).on, night=self.desk(1).tonight)
            if gap.kind is GapKind.NOT_TAKEN_UP
        }
        rows = models.Track.objects.filter(closed_on__isnull=True, taken_up_at__isnull=True)
        open_now = {(row.person_id, row.kind) for row in rows.exclude(step__in=ENDS).order_by("pk")}
        assert found == open_now

    @invariant()
    def what_the_net_keeps_is_what_the_whole_house_says(self):
        on = self.desk(1).on
        assert not models.Unsettled.objects.exists()
        rows = models.Gap.objects.exclude(closes__lte=last_night(on))
        assert set(rows.values_list(*GAPS)) == worked_out(on)[0]
        forget_what_is_over(on)
        settle(on)
        assert set(models.Caseload.objects.values_list(*CASELOADS)) == worked_out(on)[1]

    @invariant()
    def who_holds_nothing_and_never_did_sees_nothing(self):
        self.drawn += 1
        there = models.HouseholdMember.objects.filter(end__isnull=True)
        people = list(models.Person.objects.filter(pk__in=there.values("person")).order_by("pk"))
        person = people[self.drawn % len(people)]
        seeing = set(
            models.Sight.objects.filter(person=person).values_list("organisation", flat=True)
        )
        home = models.HouseholdMember.objects.get(person=person, end__isnull=True).household_id
        by = self.desk(self.drawn % len(DESKS))
        if by.organisation not in seeing:
            with as_organisation(by), pytest.raises(NotFound):
                person_of(person.pk, by)
            with as_organisation(by), suppress(NotFound):
                assert person.pk not in {each.id for each in page(home, by).people}


def worked_out(on):
    """The gaps and the caseloads of everybody, out of all other tables."""
    homes = list(models.Household.objects.order_by("pk").values_list("pk", flat=True))
    living = {home: [] for home in homes}
    for each in situations(homes):
        living[each.household].append(each)
    answers, gap_rows, cases = awaited(homes), set(), set()
    for home, members in living.items():
        found = [gap for each in members for gap in to_come(each, on)]
        gap_rows |= {gap_cells(gap) for gap in found}
        first = caseload(members, found, answers[home], on)
        cases |= {(home, organisation, day) for organisation, day in first.items()}
    return gap_rows, cases


ALWAYS = {"register_household", "take_up", "set_step", "offer_handover", "state_fact"}  # fmt: skip
"""What is done in every run of the thirty histories."""

ENDS = {row.step for version in versions() for row in matrix_of(version).rows if row.closing}


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_people_do_in_whatever_order_the_ten_invariants_hold():
    DONE.clear()
    with psycopg.connect(url("perron_owner", connection.settings_dict["NAME"])) as owner:
        owner.execute(broken_at_once())
    run(
        History,
        settings=settings(
            max_examples=HISTORIES or 30,
            derandomize=not HISTORIES,
            stateful_step_count=40, deadline=None,
            suppress_health_check=list(HealthCheck), print_blob=True,
        ),
    )  # fmt: skip
    print(DONE)  # noqa: T201 - what was done, with pytest -s
    refused = sum(times for verb, times in DONE.items() if verb.endswith(": no"))
    assert 2 * refused < DONE.total(), DONE
    assert HISTORIES or set(DONE) >= ALWAYS, DONE
