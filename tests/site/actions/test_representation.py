"""Who may act for a child is named, asked where it matters, and kept when it ends."""

from datetime import timedelta

import pytest
from builders import (
    NOW,
    a_household,
    a_person,
    a_site,
    dispatcher,
    later,
    registrar,
    town,
    tracks_of,
)
from django.db import connection
from django.test.utils import CaptureQueriesContext

from perron.vocabulary.errors import Conflict, NotFound, Refused
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.representation import RepresentationEnd, RepresentationKind
from perron_site.actions.exports import note_person_export
from perron_site.actions.handovers import Consented, offer_handover
from perron_site.actions.households import register_household
from perron_site.actions.links import give_link
from perron_site.actions.merging import merge_people, undo_moving
from perron_site.actions.moving import move_household, split_household
from perron_site.actions.representation import (
    Somebody,
    end_representation,
    name_representative,
)
from perron_site.actions.safety import set_safe_mode
from perron_site.queries.household import household as page
from perron_site.queries.my_line import link_holder
from perron_site.queries.representation import children_of
from perron_site.records import models
from perron_site.records.blanking import blank
from perron_site.records.context import as_organisation, as_person

pytestmark = pytest.mark.django_db
K = RepresentationKind
NAMUR = "92094"


def members(household):
    rows = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
    return tuple(rows.order_by("person_id").values_list("person_id", flat=True))


def registered(*people, by=None):
    by = by or registrar()
    return register_household(by, people=people, arrived_on=by.on, municipality="44021", roof=True)


@pytest.fixture
def family():
    a_site()
    return registered(
        a_person("Iryna", "1992"), a_person("Petro", "1990"), a_person("Danylo", "2017-03"),
    )  # fmt: skip


@pytest.fixture
def alone():
    a_site()
    return registered(a_person("Nazar", "2012-01-01"))


def named(child, who, kind=K.PARENT, by=None, **more):
    by = by or dispatcher()
    with as_organisation(by):
        return name_representative(
            by, child_id=child, who=who, kind=kind, said_by="the desk", start=by.on, **more
        )


def test_a_name_is_written_with_who_said_so_and_a_line_without_any_value(alone):
    (child,) = members(alone)
    row = named(child, Somebody(name="Aunt Halyna"), K.CARER, paper="a letter")
    line = models.Journal.objects.get(event="representation:named")
    assert line.details == {"representation": row, "kind": "carer"}
    kept = models.Representation.objects.get(pk=row)
    assert (kept.name, kept.said_by, kept.paper) == ("Aunt Halyna", "the desk", "a letter")


def test_exactly_one_is_named_another_than_the_child_and_never_for_an_adult(family):
    she, he, child = members(family)
    for who in (Somebody(), Somebody(person=he, name="x"), Somebody(person=child)):
        with pytest.raises(Refused):
            named(child, who)
    with pytest.raises(Refused):
        named(she, Somebody(person=he))
    with pytest.raises(NotFound):
        named(child, Somebody(organisation=0))
    named(child, Somebody(person=he))
    with pytest.raises(Conflict):
        named(child, Somebody(person=he), K.PARENT_ALONE)


def test_who_does_not_see_the_child_or_the_one_who_is_named_names_nobody(family):
    she, _, child = members(family)
    other = a_household(by=town("12025"))
    with pytest.raises(NotFound):
        named(child, Somebody(name="x"), by=town("12025"))
    with pytest.raises(NotFound):
        named(child, Somebody(person=members(other)[0]), by=town())
    named(child, Somebody(person=she), by=registrar())


def test_an_end_keeps_the_row_with_its_reason_and_stops_the_links_that_rested_on_it(family):
    _, he, child = members(family)
    row = named(child, Somebody(person=he))
    token = give_link(dispatcher(), person_id=child, to=row)
    assert link_holder(token, NOW.date()) == child
    end_representation(
        dispatcher(), child_id=child, representation_id=row, because=RepresentationEnd.DECIDED
    )
    with pytest.raises(NotFound):
        link_holder(token, NOW.date())
    assert models.Representation.objects.get(pk=row).end_because == "decided"
    with pytest.raises(NotFound):
        end_representation(
            dispatcher(), child_id=child, representation_id=row, because=RepresentationEnd.GONE
        )
    (old,) = page(family, dispatcher()).acts[child].other
    assert (old.who, old.end_because) == ("Petro Marchuk", RepresentationEnd.DECIDED)


def test_a_childs_link_goes_to_the_child_or_who_is_named_and_opens_as_long_as_that_lasts(family):
    _, he, child = members(family)
    until = NOW.date() + timedelta(days=10)
    row = named(child, Somebody(person=he), end=until)
    for to in (0, row + 1):
        with pytest.raises(Refused):
            give_link(dispatcher(), person_id=child, to=to)
    token = give_link(dispatcher(), person_id=child, to=row)
    assert link_holder(token, until - timedelta(days=1)) == child
    with pytest.raises(NotFound):
        link_holder(token, until)
    own = give_link(dispatcher(), person_id=child)
    assert link_holder(own, until) == child


def test_a_link_that_a_parent_holds_does_not_outlive_childhood(alone):
    (child,) = members(alone)
    models.Person.objects.filter(pk=child).update(born="2009-01-10")
    row = named(child, Somebody(name="His mother"))
    give_link(dispatcher(), person_id=child, to=row)
    assert str(models.PersonalLink.objects.get(given_to=row).expires_on) == "2027-01-09"


def test_a_paper_for_one_parent_alone_keeps_link_and_file_from_the_other(family):
    she, he, child = members(family)
    his, hers = named(child, Somebody(person=he)), named(
        child, Somebody(person=she), K.PARENT_ALONE, paper="judgment of Gent"
    )  # fmt: skip
    for refused in (give_link, note_person_export):
        with pytest.raises(Refused):
            refused(dispatcher(), person_id=child, to=his)
    note_person_export(dispatcher(), person_id=child, to=hers)
    line = models.Journal.objects.get(event="person:exported")
    assert line.details == {"representation": hers}


def test_the_file_of_a_child_in_safe_mode_goes_to_nobody_but_who_it_hides_with(family):
    she, he, child = members(family)
    his, hers = named(child, Somebody(person=he)), named(child, Somebody(person=she))
    set_safe_mode(dispatcher(), person_id=she, children=(child,), why="x")
    with pytest.raises(Refused):
        note_person_export(dispatcher(), person_id=child, to=his)
    note_person_export(dispatcher(), person_id=child, to=hers)


def offered(household, **more):
    lines = tuple(track.pk for track in tracks_of(household, "roof"))
    return offer_handover(
        dispatcher(), household_id=household, track_ids=lines, why="x", consent=True,
        receiver_id=town().organisation, **more,
    )  # fmt: skip


def test_consent_for_a_child_alone_says_who_gave_it(alone):
    (child,) = members(alone)
    with pytest.raises(Refused):
        offered(alone)
    with pytest.raises(Refused):
        move_household(dispatcher(), household_id=alone, municipality=NAMUR, why="x", consent=True)
    guardian = named(child, Somebody(name="Guardian"), K.GUARDIAN)
    with pytest.raises(Refused):
        offered(alone, consented=Consented(by=(guardian + 1,)))
    number = offered(alone, consented=Consented(by=(guardian,)))
    assert models.Handover.objects.get(pk=number).consent_by == [guardian]


def test_in_words_too_and_a_desk_without_consent_goes_on_with_a_reason(alone):
    said = Consented(words="the aunt, by telephone")
    move_household(
        dispatcher(), household_id=alone, municipality=NAMUR, why="x", consent=True, consented=said
    )
    move_household(
        dispatcher(), household_id=alone, municipality="44021", why="x", consent=False,
        without_consent_because="fire",
    )  # fmt: skip
    number = offered(alone, consented=said)
    assert models.Handover.objects.get(pk=number).consent_words == "the aunt, by telephone"


def test_an_adult_who_is_there_speaks_until_somebody_else_is_named(family):
    she, _, child = members(family)
    offer = offered(family)
    models.HandoverTrack.objects.filter(handover=offer).update(open=False)
    named(child, Somebody(name="Grandmother"), K.COURT, paper="judgment")
    with pytest.raises(Refused):
        offered(family)
    named(child, Somebody(person=she))
    offered(family)


def test_a_child_parts_from_everybody_who_speaks_for_it_only_with_a_reason_that_is_kept(family):
    she, he, child = members(family)

    def split(*people, why=""):
        return split_household(
            dispatcher(), household_id=family, person_ids=people, keeps_nights=False, why=why
        )

    for going in ((child,), (she, he)):
        with pytest.raises(Refused):
            split(*going)
    named(child, Somebody(person=she))
    with pytest.raises(Refused):
        split(he, child)
    new = split(he, child, why="She is in hospital")
    kept = models.Revision.objects.get(person=child, field="apart_because")
    assert kept.new == "She is in hospital"
    assert members(new) == (he, child)


def test_the_page_says_what_is_missing_and_since_when(alone, family):
    (child,) = members(alone)
    acts = page(alone, dispatcher()).acts[child]
    assert [each.message.key for each in acts.missing] == [
        "representation.no_guardian", "representation.nobody_named",
    ]  # fmt: skip
    assert acts.since == acts.guardian_since == NOW.date()
    assert set(page(family, dispatcher()).acts) == {members(family)[2]}
    row = named(child, Somebody(name="Guardian"), K.GUARDIAN)
    tomorrow = dispatcher(later(days=1))
    end_representation(
        tomorrow, child_id=child, representation_id=row, because=RepresentationEnd.GONE
    )
    assert page(alone, tomorrow).acts[child].since == tomorrow.on


def test_each_parent_reads_the_lines_of_the_child_and_no_other_parent_does(family):
    she, he, child = members(family)
    with as_person(he):
        assert children_of(he, NOW.date()) == ()
    named(child, Somebody(person=he), K.PARENTS_TOGETHER)
    for parent, seen in ((he, ["Danylo"]), (she, [])):
        with as_person(parent):
            assert [each.name for each in children_of(parent, NOW.date())] == seen
    with as_person(he):
        (read,) = children_of(he, NOW.date())
    kinds = {kind.value for kind, _ in read.lines}
    assert {"protection", "school"} <= kinds
    assert "roof" not in kinds


@pytest.mark.parametrize("born", ["2000", None])
def test_who_is_grown_up_or_of_unknown_age_is_shown_to_no_parent(family, born):
    _, he, child = members(family)
    named(child, Somebody(person=he))
    models.Person.objects.filter(pk=child).update(born=born and str(PartialDate.parse(born)))
    with as_person(he):
        assert children_of(he, NOW.date()) == ()


def test_erasing_a_parent_keeps_the_childs_trace(family):
    _, he, child = members(family)
    row = named(child, Somebody(person=he), paper="Petro's passport")
    blank(models.Person.objects.get(pk=he), NOW)
    kept = models.Representation.objects.get(pk=row)
    assert (kept.holder_id, kept.kind, kept.end, kept.end_because) == (
        he,
        "parent",
        NOW.date(),
        "gone",
    )
    assert "Petro" not in f"{kept.paper}{kept.said_by}{kept.name}"
    assert models.Journal.objects.filter(event="representation:named", person=child).exists()


def test_two_records_of_a_parent_act_once_and_a_merge_that_is_undone_leaves_every_row(family):
    she, he, child = members(family)
    double = members(registered(a_person("Petro", "1990")))[0]
    named(child, Somebody(person=he))
    named(child, Somebody(person=double))
    before = list(models.Representation.objects.order_by("pk").values())
    with as_organisation(dispatcher()):
        merge_people(dispatcher(), person_id=he, double_id=double, why="x")
    open_rows = models.Representation.objects.filter(person=child, end__isnull=True)
    assert [row.holder_id for row in open_rows] == [he]
    with as_organisation(dispatcher()):
        undo_moving(dispatcher(), household_id=family)
    assert list(models.Representation.objects.order_by("pk").values()) == before
    assert she


def test_who_hides_is_named_on_no_page_of_a_child_that_stays(family):
    she, _, child = members(family)
    named(child, Somebody(person=she), paper="Iryna's passport")
    assert "Iryna" in str(page(family, dispatcher()).acts)
    set_safe_mode(dispatcher(), person_id=she, why="x")
    acts = page(family, dispatcher()).acts[child]
    assert "Iryna" not in str(acts)
    assert acts.now[0].who == ""


def test_a_household_of_many_children_asks_as_many_questions_as_one_of_few():
    counts = []
    for size in (2, 6):
        home = a_household(size=size)
        for child in members(home)[1:]:
            named(child, Somebody(person=members(home)[0]), by=registrar())
        with CaptureQueriesContext(connection) as asked:
            page(home, registrar())
        counts.append(len(asked))
    assert counts[0] == counts[1]
