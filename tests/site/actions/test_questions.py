"""A question in writing: only about whom the search showed, to whoever holds them, and with nothing more to see."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import (
    MECHELEN,
    NOW,
    acting,
    dispatcher,
    held_by_gent,
    later,
    person_of,
    registrar,
    town,
)
from django.db import transaction
from django.db.utils import ProgrammingError

from perron.vocabulary.errors import NotFound, Refused
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.questions import QuestionPurpose, QuestionState
from perron.vocabulary.tracks import TrackKind
from perron_site.actions.handovers import accept_handover, offer_handover
from perron_site.actions.merging import merge_people, undo_moving
from perron_site.actions.questions import (
    answer_question,
    ask_holder,
    note_answer_read,
    withdraw_question,
)
from perron_site.actions.retention import run_retention
from perron_site.actions.safety import set_safe_mode
from perron_site.actions.searches import look_elsewhere
from perron_site.actions.users import add_user
from perron_site.queries.inbox import InboxKind, inbox, waiting_for
from perron_site.queries.organisations import the_system
from perron_site.queries.questions import asked_about
from perron_site.records import models
from perron_site.records.blanking import blank
from perron_site.records.context import as_organisation, as_person

pytestmark = pytest.mark.django_db
WORDS = "Is she the mother of Zlata?"
ANSWER = "Yes, she may call us"


@pytest.fixture
def olena():
    """Held by Gent, who took her lines up; nobody else sees her."""
    number = held_by_gent()
    lines = models.Track.objects.filter(person=person_of(number))
    lines.update(responsible=town().organisation, taken_up_at=NOW)
    return person_of(number)


@pytest.fixture
def desk():
    """Whoever registers at the DVZ, as somebody with a name."""
    return signed(registrar())


def signed(by, at=NOW):
    who = add_user(
        the_system(NOW), email=f"{models.User.objects.count()}@example.org", name="N", password=None,
        language="en", memberships=((by.organisation, by.role),),
    )  # fmt: skip
    return replace(by, user=who, at=at)


def hit(by, words="Marchuk Olena"):
    with as_organisation(by):
        return look_elsewhere(by, words=words)[0].hit


def asked(by, number=None):
    number = number or hit(by)
    with as_organisation(by):
        return ask_holder(by, hit=number, purpose=QuestionPurpose.FAMILY, words=f" {WORDS} ")


def kinds(by):
    """The inbox as its page has it; the number on its tab is the same."""
    with as_organisation(by):
        rows = inbox(by).rows
        assert waiting_for(by)[0] == len(rows)
        mine = {InboxKind.QUESTION, InboxKind.ANSWER, InboxKind.UNANSWERED}
        return [row.kind for row in rows if row.kind in mine]


def test_a_desk_asks_whom_the_search_showed_and_the_holder_answers_within_two_working_days(
    olena, desk
):
    number = asked(desk)
    row = models.Question.objects.get(pk=number)
    assert (row.holder_id, row.name, row.born) == (town().organisation, "Olena Marchuk", "1992")
    assert (row.words, row.due_on) == (WORDS, date(2026, 11, 27))
    assert (kinds(town()), kinds(desk)) == ([InboxKind.QUESTION], [])
    with as_organisation(desk):
        assert [each.id for each in inbox(desk).asked] == [number]
    with as_organisation(town()):
        answer_question(town(), question_id=number, answer=ANSWER)
        assert inbox(town()).asked == ()
    assert (kinds(town()), kinds(desk)) == ([], [InboxKind.ANSWER])
    with as_organisation(desk):
        assert inbox(desk).rows[0].about == ANSWER
        note_answer_read(desk, question_id=number)
    assert kinds(desk) == []


def test_no_answer_in_time_waits_at_both_sides(olena, desk):
    asked(desk)
    over = replace(desk, at=later(days=5))
    assert kinds(over) == [InboxKind.UNANSWERED]
    assert kinds(replace(town(), at=later(days=5))) == [InboxKind.QUESTION]


def test_nobody_is_asked_about_by_a_number_that_no_search_gave(olena, desk):
    given = hit(desk)
    other = signed(acting(OrganisationKind.FEDASIL, Role.REGISTRAR))
    opened = models.Read.objects.create(
        at=NOW, user_id=desk.user, organisation_id=desk.organisation, purpose=desk.purpose,
        person_id=olena, page="household",
    )  # fmt: skip
    for by, number in (
        (other, given), (desk, olena), (desk, opened.pk), (desk, given + 100), (desk, 2**70),
        (replace(desk, at=later(days=8)), given),
    ):  # fmt: skip
        with as_organisation(by), pytest.raises(NotFound):
            ask_holder(by, hit=number, purpose=QuestionPurpose.FAMILY)
    assert not models.Question.objects.exists()


def test_the_database_takes_no_question_about_whom_no_search_showed(olena, desk):
    row = {
        "person_id": olena, "organisation_id": desk.organisation, "holder_id": town().organisation, "name": "x",
        "purpose": "family", "asked_at": NOW, "due_on": NOW.date(), "state": "open",
    }  # fmt: skip
    with (
        as_organisation(desk),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        models.Question.objects.create(**row)
    hit(desk)
    with as_organisation(desk):
        models.Question.objects.create(**row)


def test_a_search_notes_whom_it_showed_once_in_a_quarter_of_an_hour_and_gives_the_same_number(
    olena, desk
):
    assert hit(desk) == hit(desk)
    read = models.Read.objects.get(page="search")
    assert (read.person_id, read.organisation_id, read.user_id, read.purpose) == (
        olena, desk.organisation, desk.user, "registration",
    )  # fmt: skip
    assert hit(signed(registrar())) != read.pk


def test_asking_shows_nothing_more_of_the_person(olena, desk):
    asked(desk)
    with as_organisation(desk):
        for model in (models.Person, models.Track, models.HouseholdMember, models.Sight):
            assert not model.objects.filter(**{
                "pk" if model is models.Person else "person": olena
            }).exists()  # fmt: skip
    row = models.Question.objects.get()
    with as_organisation(town(MECHELEN)):
        assert not models.Question.objects.filter(pk=row.pk).exists()


def test_who_must_not_be_found_since_the_search_is_not_asked_about(olena, desk):
    number = hit(desk)
    set_safe_mode(town(), person_id=olena, why="She was hit")
    with as_organisation(desk), pytest.raises(NotFound):
        ask_holder(desk, hit=number, purpose=QuestionPurpose.FAMILY)


def test_whom_the_desk_may_see_by_now_is_not_asked_about_but_opened(olena, desk):
    number = hit(desk)
    models.Sight.objects.create(
        organisation_id=desk.organisation, person_id=olena, why="responsible"
    )
    with as_organisation(desk), pytest.raises(NotFound):
        ask_holder(desk, hit=number, purpose=QuestionPurpose.FAMILY)


def test_one_question_of_an_organisation_waits_and_only_who_registers_asks(olena, desk):
    number = asked(desk)
    with pytest.raises(Refused, match="asked_already"):
        asked(desk)
    with as_organisation(desk):
        withdraw_question(desk, question_id=number)
    assert (kinds(town()), kinds(desk)) == ([], [])
    given = hit(desk)
    by = replace(signed(dispatcher()), organisation=desk.organisation)
    with as_organisation(by), pytest.raises(Refused, match="only_to_register"):
        ask_holder(by, hit=given, purpose=QuestionPurpose.FAMILY)
    assert asked(desk) != number


def test_each_side_does_its_own_part_once(olena, desk):
    number = asked(desk)
    cases = (
        (answer_question, {"answer": ANSWER}, desk),
        (answer_question, {"answer": ANSWER}, town(MECHELEN)),
        (withdraw_question, {}, town()),
        (withdraw_question, {}, town(MECHELEN)),
        (note_answer_read, {}, town()),
    )
    for act, more, by in cases:
        with as_organisation(by), pytest.raises(NotFound):
            act(by, question_id=number, **more)
    with as_organisation(town()), pytest.raises(Refused, match="in_words"):
        answer_question(town(), question_id=number, answer="  ")
    with as_organisation(desk), pytest.raises(Refused, match="nothing_to_read"):
        note_answer_read(desk, question_id=number)
    with as_organisation(town()):
        answer_question(town(), question_id=number, answer=ANSWER)
    with as_organisation(town()), pytest.raises(Refused, match="settled"):
        answer_question(town(), question_id=number, answer="No")
    with as_organisation(desk), pytest.raises(Refused, match="settled"):
        withdraw_question(desk, question_id=number)
    assert models.Question.objects.get().answer == ANSWER


def test_each_act_leaves_a_line_about_the_person_without_a_word_of_it(olena, desk):
    number = asked(desk)
    answer_question(town(), question_id=number, answer=ANSWER)
    note_answer_read(desk, question_id=number)
    lines = models.Journal.objects.filter(event__startswith="question:").order_by("pk")
    assert [(each.event, each.organisation_id, each.person_id) for each in lines] == [
        ("question:asked", desk.organisation, olena),
        ("question:answered", town().organisation, olena),
        ("question:answer_read", desk.organisation, olena),
    ]
    assert lines[0].details == {
        "question": number, "holder": town().organisation, "purpose": "family",
    }  # fmt: skip
    assert all(each.household_id is None for each in lines)


def hand_over(person, kinds, to=MECHELEN):
    household = models.HouseholdMember.objects.get(person=person).household_id
    lines = models.Track.objects.filter(person=person, kind__in=kinds, closed_on=None)
    number = offer_handover(
        town(), household_id=household, track_ids=tuple(row.pk for row in lines.order_by("pk")),
        receiver_id=town(to).organisation, why="Moves", consent=True,
    )  # fmt: skip
    by = replace(town(to), at=later(days=1))
    with as_organisation(by):
        accept_handover(by, handover_id=number)


def test_a_question_goes_with_the_last_line_to_the_new_holder_with_a_new_term(olena, desk):
    number = asked(desk)
    rest = {*TrackKind} - {TrackKind.ROOF}
    hand_over(olena, {TrackKind.ROOF})
    assert models.Question.objects.get().holder_id == town().organisation
    hand_over(olena, rest)
    row = models.Question.objects.get()
    assert (row.holder_id, row.due_on) == (town(MECHELEN).organisation, date(2026, 11, 30))
    assert kinds(town()) == []
    assert kinds(replace(town(MECHELEN), at=later(days=1))) == [InboxKind.QUESTION]
    line = models.Journal.objects.get(event="question:passed_on")
    assert line.details == {"question": number, "holder": row.holder_id}
    with as_organisation(town()), pytest.raises(NotFound):
        answer_question(town(), question_id=number, answer=ANSWER)


def test_of_who_must_not_be_found_whoever_asked_does_not_read_who_holds_them_now(olena, desk):
    asked(desk)
    set_safe_mode(town(), person_id=olena, why="She was hit")
    lines = models.Track.objects.filter(person=olena, closed_on=None)
    home = models.HouseholdMember.objects.get(person=olena, end=None).household_id
    number = offer_handover(
        town(), household_id=home, track_ids=tuple(row.pk for row in lines), why="Moves",
        receiver_id=town(MECHELEN).organisation, consent=True,
    )  # fmt: skip
    accept_handover(town(MECHELEN), handover_id=number)
    assert models.Question.objects.get().holder_id == town().organisation
    assert kinds(town()) == [InboxKind.QUESTION]


def test_whoever_asked_and_holds_the_person_now_waits_for_no_answer(olena):
    by = signed(replace(town(MECHELEN), role=Role.REGISTRAR, purpose=registrar().purpose))
    asked(by)
    hand_over(olena, {*TrackKind})
    assert models.Question.objects.get().state == QuestionState.WITHDRAWN
    assert kinds(by) == []


def test_a_question_goes_along_with_a_merge_and_comes_back_with_its_undo(olena, desk):
    number = asked(desk)
    twin = held_by_gent()
    one = person_of(twin)
    merge_people(town(), person_id=one, double_id=olena, why="registered twice")
    assert models.Question.objects.get(pk=number).person_id == one
    assert kinds(town()) == [InboxKind.QUESTION]
    undo_moving(town(), household_id=twin)
    assert models.Question.objects.get(pk=number).person_id == olena
    merge_people(town(), person_id=one, double_id=olena, why="registered twice")
    with as_organisation(desk):
        withdraw_question(desk, question_id=number)


def test_who_is_erased_leaves_no_word_and_nobody_waits(olena, desk):
    answered = asked(desk)
    answer_question(town(), question_id=answered, answer=ANSWER)
    open_one = asked(desk)
    blank(models.Person.objects.get(pk=olena), later(days=1))
    rows = models.Question.objects.in_bulk()
    assert [(row.name, row.born, row.words) for row in rows.values()] == [("–", "", "–")] * 2
    assert (rows[answered].answer, rows[answered].state) == ("–", "answered")
    assert (rows[open_one].answer, rows[open_one].state) == ("", "withdrawn")
    assert kinds(town()) == []


def test_a_question_is_forgotten_after_its_term(olena, desk):
    asked(desk)
    soon, then = NOW + timedelta(days=179), NOW + timedelta(days=181)
    assert run_retention(the_system(soon), on=soon.date()).questions == 0
    assert run_retention(the_system(then), on=then.date()).questions == 1
    assert not models.Question.objects.exists()


def test_the_person_reads_who_asked_whom_and_why_and_nobody_else_does(olena, desk):
    number = asked(desk)
    answer_question(town(), question_id=number, answer=ANSWER)
    with as_person(olena):
        (row,) = asked_about(olena, words=False)
        assert (row.by.name, row.purpose, row.state) == (
            models.Organisation.objects.get(pk=desk.organisation).name,
            QuestionPurpose.FAMILY,
            QuestionState.ANSWERED,
        )
        assert row.words == ()
        assert asked_about(olena, words=True)[0].words == (WORDS, ANSWER)
    with as_person(olena + 1):
        assert asked_about(olena, words=True) == ()
