"""The law is changed at the law desk: two people, on its day, in the open; what was said before keeps its words."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from builders import NOW, a_person, acting, person_of, registrar
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from perron.rules.belgium.rulebook import VERSION, belgium
from perron.rules.entering import Entered, read
from perron.rules.evaluate import answer
from perron.rules.facts import stated
from perron.vocabulary.errors import Refused
from perron.vocabulary.intervals import BRUSSELS
from perron.vocabulary.law_changes import LawChangeState
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.tracks import Step, TrackKind
from perron.vocabulary.verdicts import UnknownBecause, Verdict
from perron_site.actions.households import register_household
from perron_site.actions.law import (
    approve_law_change,
    enter_law_change,
    refuse_law_change,
    withdraw_law_change,
)
from perron_site.actions.notices import write_notices
from perron_site.actions.tracks import set_step
from perron_site.actions.users import add_user
from perron_site.queries.ahead import ending
from perron_site.queries.clocks import protection_clock
from perron_site.queries.interview import result
from perron_site.queries.law import in_force
from perron_site.queries.options import options
from perron_site.queries.organisations import the_system
from perron_site.queries.standing import open_lines
from perron_site.records import models
from perron_site.records.context import as_organisation
from perron_site.records.law import asked_once, law_in_force

pytestmark = pytest.mark.django_db
THREE = datetime(2026, 11, 25, 15, tzinfo=BRUSSELS)
ITS_DAY = date(2026, 12, 1)
OLD, NEW = date(2027, 3, 4), date(2028, 3, 4)
TYPED = {
    "key": "tp.valid_to", "value": "2028-03-04", "valid_from": "2027-03-05", "valid_to": "2028-03-04",
    "takes_effect_on": "2026-12-01", "status": "adopted", "mark": "V",
    "act": "Council Implementing Decision (EU) 2026/9999", "article": "art. 1", "published_on": "2026-11-25",
}  # fmt: skip


def lawyer(name="first", kind=OrganisationKind.DVZ, at=THREE):
    """Somebody of that name at the law desk of DVZ."""
    by = acting(kind, Role.LAWYER, at=at)
    found = models.User.objects.filter(email=f"{name}@example.org").first()
    number = found and found.pk
    number = number or add_user(
        the_system(at), email=f"{name}@example.org", name=name, password=None, language="en",
        memberships=((by.organisation, Role.LAWYER),),
    )  # fmt: skip
    return replace(by, user=number)


def five_past(name="second", kind=OrganisationKind.CGVS):
    return lawyer(name, kind, THREE + timedelta(minutes=5))


def decision(**other) -> Entered:
    """The prolongation to 2028 as it would be entered."""
    found, faults = read(TYPED | other, THREE.date())
    assert faults == {}
    return found


def adopted(**other):
    """Entered at 15:00 by one and approved at 15:05 by another."""
    number = enter_law_change(lawyer(), change=decision(**other))
    approve_law_change(five_past(), change_id=number)
    return number


def somebody():
    """Olena, under temporary protection since March 2022."""
    by = registrar(datetime(2022, 3, 20, 10, tzinfo=BRUSSELS))
    home = register_household(
        by, people=(a_person("Olena", "1992-05-17", nationalities=("UA",)),), arrived_on=by.on, roof=False,
    )  # fmt: skip
    for line in open_lines(home, {TrackKind.PROTECTION}):
        set_step(by, track_id=line.id, step=Step.PROTECTION_GRANTED)
    return person_of(home, "Olena")


def last_day(on):
    """The last day of Olena's right in the list of the caseload, asked on a day."""
    by = registrar(datetime(on.year, on.month, on.day, 16, tzinfo=BRUSSELS))
    with as_organisation(by):
        (line,) = ending(by, law="adopted", days=800).lines
    return line.entry.until


SAID = {
    "nationality": ["UA"], "tp_state": "granted", "tp_certificate_on": "2022-03-20",
    "stay_periods": [{"title": "tp", "from": "2022-03-20", "to": "-"}],
}  # fmt: skip


def held_until(on):
    """The last day of temporary protection, as the public interview tells whoever has it."""
    return next(way.held.until for way in result(SAID, on).ways if way.id == "tp")


def test_the_decision_of_2028_is_played_through():
    person = somebody()
    before = write_notices(the_system(NOW), on=OLD - timedelta(days=90))
    letter = models.Notice.objects.get(person=person)
    told = letter.params
    number = enter_law_change(lawyer(), change=decision())
    assert (last_day(ITS_DAY), held_until(ITS_DAY)) == (OLD, OLD), "nobody approved it yet"
    approve_law_change(five_past(), change_id=number)
    eve = ITS_DAY - timedelta(days=1)
    assert (last_day(eve), held_until(eve)) == (OLD, OLD), "its day has not come"
    assert (last_day(ITS_DAY), held_until(ITS_DAY)) == (NEW, NEW)
    at = datetime(2026, 12, 1, 9, tzinfo=BRUSSELS)
    letter.refresh_from_db()
    assert (before, letter.params) == (1, told)
    assert OLD.isoformat() in told.values()
    assert letter.law == VERSION, "the letter keeps the law by which it was written"
    assert write_notices(the_system(at), on=OLD - timedelta(days=60)) == 0
    assert write_notices(the_system(at), on=NEW - timedelta(days=90)) == 1
    by_day = dict(models.Notice.objects.values_list("about_on", "law"))
    assert by_day == {OLD: VERSION, NEW: f"{VERSION}+1"}, "one change of the law desk lies over it"


def test_every_reader_of_the_site_answers_by_it_on_its_day():
    person = somebody()
    adopted()
    for on, end in ((ITS_DAY - timedelta(days=1), OLD), (ITS_DAY, NEW)):
        by = registrar(datetime(on.year, on.month, on.day, 16, tzinfo=BRUSSELS))
        lines = models.Track.objects.filter(person=person)
        (clock,) = protection_clock(list(lines.filter(kind=TrackKind.PROTECTION)), on)
        assert clock.until == end
        with as_organisation(by):
            found = options(person, by)
        assert next(w.held.until for w in found.result.ways if w.id == "tp") == end
        after = max(each.on for each in found.result.courses or result({}, on).courses)
        assert after == end + timedelta(days=1)


def test_what_was_known_the_day_before_is_answered_by_the_law_of_then():
    """A finding says by which rulebook and as of when it was answered; asked again as of then it is the same."""
    known, before = stated(SAID), replace(in_force(ITS_DAY), known_on=ITS_DAY - timedelta(days=1))
    route = next(each for each in belgium().routes if each.id == "tp")
    kept = answer(route, known, before, belgium())
    adopted()
    again = replace(in_force(ITS_DAY), known_on=before.known_on)
    assert again.changes != before.changes
    assert answer(route, known, again, belgium()) == kept
    assert (kept.rulebook, kept.known_on) == (belgium().version, before.known_on)
    assert held_until(ITS_DAY) == NEW


MAN = {
    "nationality": ["UA"], "resided_in_ua_before_20220224": True, "left_ua_on": "2026-11-30", "sex": "m",
    "birth_date": "1990-05-01", "exit_permit_valid": False, "on_reserve_list": False, "tp_certificate_on": "-",
}  # fmt: skip
SCOPE = {"tp_m.counts": "yes", "tp_m.effective_from": "2026-11-26", "tp_m.age_min": "23", "tp_m.age_max": "60",
         "tp_m.reserve_age_min": "18"}  # fmt: skip


def test_a_narrower_scope_counts_once_all_that_it_needs_is_entered():
    """That it counts is not enough: without its day and its ages the answer is not known because of the law."""

    def protection():
        return next(way.finding for way in result(MAN, ITS_DAY).ways if way.id == "tp")

    assert protection().verdict is Verdict.YES
    for key, value in SCOPE.items():
        adopted(key=key, value=value, valid_from="2026-11-26")
        if key == "tp_m.counts":
            found = protection()
            assert (found.verdict, found.unknown_because) == (Verdict.UNKNOWN, UnknownBecause.LAW)
            assert "tp_m.effective_from" in found.law_missing
    assert protection().verdict is Verdict.NO
    woman = next(way for way in result(MAN | {"sex": "f"}, ITS_DAY).ways if way.id == "tp")
    assert woman.finding.verdict is Verdict.YES
    adopted(key="tp_m.age_min", value="unknown", valid_from="2026-11-26")
    lost = protection()
    assert (lost.verdict, lost.unknown_because) == (Verdict.UNKNOWN, UnknownBecause.LAW)
    assert lost.law_missing == ("tp_m.age_min",), "entered as not known, it is not known"


def test_nobody_decides_what_they_entered_themselves():
    number = enter_law_change(lawyer(), change=decision())
    for at_the_other_desk in (OrganisationKind.DVZ, OrganisationKind.CGVS):
        same = replace(five_past("first", at_the_other_desk), user=lawyer().user)
        for decide in (
            lambda same=same: approve_law_change(same, change_id=number),
            lambda same=same: refuse_law_change(same, change_id=number, reason="No"),
        ):
            with pytest.raises(Refused) as refused:
                decide()
            assert refused.value.message.key == "law_change.never_the_same"
    with pytest.raises(DatabaseError), transaction.atomic():
        models.LawChange.objects.filter(pk=number).update(
            state=LawChangeState.APPROVED, decided_at=THREE, decided_by=lawyer().user,
            decided_for=lawyer().organisation,
        )  # fmt: skip
    assert law_in_force(ITS_DAY).rows == ()


def test_only_a_law_desk_changes_the_law():
    number = enter_law_change(lawyer(), change=decision())
    for role in set(Role) - {Role.LAWYER}:
        other = replace(five_past(), role=role)
        for refused in (
            lambda other=other: enter_law_change(
                other, change=decision(key="ltr.years", value="4")
            ),
            lambda other=other: approve_law_change(other, change_id=number),
            lambda other=other: refuse_law_change(other, change_id=number, reason="No"),
            lambda other=other: withdraw_law_change(other, change_id=number),
        ):
            with pytest.raises(Refused) as error:
                refused()
            assert error.value.message.key == "law_change.lawyers_only"


def test_whoever_entered_it_withdraws_it_until_it_is_decided_and_nobody_else():
    number = enter_law_change(lawyer(), change=decision())
    with pytest.raises(Refused):
        withdraw_law_change(five_past(), change_id=number)
    withdraw_law_change(lawyer(), change_id=number)
    with pytest.raises(Refused):
        approve_law_change(five_past(), change_id=number)
    other = adopted()
    with pytest.raises(Refused):
        withdraw_law_change(lawyer(), change_id=other)


def test_a_refusal_says_why_and_changes_nothing():
    number = enter_law_change(lawyer(), change=decision())
    for words in (" ", "x" * 501):
        with pytest.raises(Refused):
            refuse_law_change(five_past(), change_id=number, reason=words)
    refuse_law_change(five_past(), change_id=number, reason="The Official Journal says 2027")
    assert law_in_force(ITS_DAY).rows == ()
    assert models.LawChange.objects.get(pk=number).reason == "The Official Journal says 2027"


def test_two_changes_of_the_same_days_do_not_wait_at_once():
    enter_law_change(lawyer(), change=decision())
    with pytest.raises(Refused) as refused:
        enter_law_change(five_past(), change=decision(valid_from="2027-06-01"))
    assert refused.value.message.key == "entering.overlaps_pending"
    enter_law_change(five_past(), change=decision(valid_from="2028-03-05", valid_to=""))


def test_what_was_approved_is_never_changed_or_deleted_and_a_later_change_corrects_it():
    number = adopted()
    row = models.LawChange.objects.filter(pk=number)
    for spoil in (row.delete, lambda: row.update(value="2030-03-04")):
        with pytest.raises(DatabaseError), transaction.atomic():
            spoil()
    adopted(value="2027-09-04", valid_to="")
    assert held_until(ITS_DAY) == date(2027, 9, 4)
    assert row.get().before["value"] == "2027-03-04"
    assert models.LawChange.objects.latest("pk").before["value"] == "2028-03-04"


def test_a_change_that_is_approved_late_counts_from_its_approval():
    number = enter_law_change(lawyer(), change=decision(takes_effect_on="2026-11-25"))
    late = datetime(2026, 12, 9, 9, tzinfo=BRUSSELS)
    approve_law_change(replace(five_past(), at=late), change_id=number)
    assert held_until(date(2026, 12, 8)) == OLD
    assert held_until(date(2026, 12, 9)) == NEW


def test_what_is_only_proposed_lies_over_what_was_changed():
    adopted(value="2027-09-04", valid_to="2027-09-04")
    by = registrar(datetime(2026, 12, 1, 16, tzinfo=BRUSSELS))
    somebody()
    ends = {}
    for law in ("adopted", "prolonged-2028"):
        with as_organisation(by):
            (line,) = ending(by, law=law, days=800).lines
        ends[law] = line.entry.until
    assert ends == {"adopted": date(2027, 9, 4), "prolonged-2028": NEW}


def test_the_law_is_asked_for_once_a_request():
    adopted()
    with asked_once(), CaptureQueriesContext(connection) as questions:
        result({"nationality": ["UA"]}, ITS_DAY)
    assert len(questions) == 1


def test_every_act_leaves_a_line_without_a_value():
    adopted()
    lines = models.Journal.objects.filter(event__startswith="law_change:").order_by("pk")
    assert [line.event for line in lines] == ["law_change:entered", "law_change:approved"]
    assert {name for line in lines for name in line.details} == {"change", "key"}
