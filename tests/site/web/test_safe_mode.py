"""Every page, list, file and personal page: where she is stands on none that the other side may read."""

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import builders
import pytest
import walk
from builders import (
    GENT,
    NOW,
    a_home,
    a_household,
    a_site,
    dispatcher,
    registrar,
    town,
)
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, reverse

from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.representation import RepresentationKind
from perron_site.actions.handovers import offer_handover
from perron_site.actions.households import register_household
from perron_site.actions.links import give_link
from perron_site.actions.moving import move_household
from perron_site.actions.representation import Somebody, name_representative
from perron_site.actions.safety import set_safe_mode
from perron_site.config.urls import urlpatterns
from perron_site.queries.my_line import my_line
from perron_site.queries.net import net
from perron_site.records import models
from perron_site.records.context import as_organisation
from perron_site.records.sight import see
from perron_site.web.access import Door, rule_of

pytestmark = pytest.mark.django_db
NAMUR = "92094"
PLACES = ("Zilverhof", "Kamer", "Namur", "OCMW / CPAS Namur")
NAMES = ("Olena", "Danylo 0")


def members(household):
    rows = models.HouseholdMember.objects.filter(household=household, end__isnull=True)
    return tuple(rows.order_by("person_id").values_list("person_id", flat=True))


@pytest.fixture
def hidden():
    """A family known to the town hall of Gent; she and a child now live in Namur, in safe mode."""
    a_site()
    family = a_household(by=town(), size=4, municipality=GENT)
    she, child = members(family)[:2]
    with as_organisation(dispatcher()):
        new = set_safe_mode(dispatcher(), person_id=she, children=(child,), why="She was hit")
    with as_organisation(dispatcher()):
        move_household(dispatcher(), household_id=new, municipality=NAMUR, why="x", consent=True)
    from perron_site.actions.roofs import give_bed
    from perron_site.actions.stays import move_in

    site = a_site(dispatcher(), a_home(3, "Kamer"), municipality=NAMUR, name="Zilverhof")
    unit = models.Unit.objects.get(site=site)
    with as_organisation(dispatcher()):
        give_bed(dispatcher(), household_id=new, unit_id=unit.pk, night=NOW.date(), despite="x")
        move_in(dispatcher(), stay_id=models.Stay.objects.get(household=new).pk)
    return family, new


@pytest.fixture
def separated(hidden):
    """The same, and a father in the other household: both are named for the child that is with her."""
    family, new = hidden
    home = register_household(
        registrar(), people=(builders.a_person("Petro", "1990"),), arrived_on=NOW.date()
    )
    father = members(home)[0]
    models.HouseholdMember.objects.filter(person=father).update(household=family)
    for parent in (members(new)[0], father):
        name_representative(
            registrar(), child_id=members(new)[1], who=Somebody(person=parent),
            kind=RepresentationKind.PARENT, said_by="Olena in the Kamer", start=NOW.date(),
            paper="Zilverhof paper",
        )  # fmt: skip
    return family, new, father


def addresses(household):
    """Every address that is read without changing anything, with the numbers of this household."""
    person = models.HouseholdMember.objects.filter(household=household).first().person_id
    for each in flat(urlpatterns):
        if (
            not each.name
            or rule_of(each.callback) is None
            or rule_of(each.callback).door is not Door.ROLES
        ):
            continue
        number = person if "people/" in str(each.pattern) else household
        wanted = each.pattern.converters
        yield reverse(each.name, kwargs=dict.fromkeys(wanted, number))


def flat(patterns):
    for each in patterns:
        if isinstance(each, URLPattern):
            yield each
        elif getattr(each, "app_name", None) != "admin":
            yield from flat(each.url_patterns)


def in_english():
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def text_of(client, address):
    return client.get(address).content.decode()


def main_of(client, address):
    """What a page says, without the secrets of its forms."""
    return text_of(client, address).partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("case", ["hidden", "separated"])
def test_who_acts_only_for_the_other_side_finds_her_in_no_answer(case, request):
    family, new, *_ = hidden = request.getfixturevalue(case)
    words = (*NAMES, "Zilverhof", "Kamer", "CPAS Namur", f"household/{new}/")
    for kind in OrganisationKind:
        number = walk.some(kind)
        see(number, members(family), models.SightReason.RESPONSIBLE)
        see(number, members(new), models.SightReason.REGISTERED, NOW.date() - timedelta(days=1))
        client, seen = walk.client_of(kind, Role.CASE_WORKER, number), 0
        for address in [each for household in hidden[:2] for each in addresses(household)]:
            for answer in (client.get(address), client.post(address)):
                text = b"".join(answer).decode(errors="replace")
                seen += 1
                assert not [word for word in words if word in text and word not in address], (
                    kind,
                    address,
                )
        assert seen > 40


def test_the_net_counts_her_without_naming_her_town_or_who_is_asked(hidden):
    roofs = [row.pk for row in builders.tracks_of(hidden[1], "roof")]
    with as_organisation(dispatcher()):
        offer_handover(
            dispatcher(), household_id=hidden[1], receiver_id=town(NAMUR).organisation,
            track_ids=tuple(roofs), why="x", consent=True,
        )  # fmt: skip
    by = builders.acting(OrganisationKind.MUNICIPALITY, Role.COORDINATOR, builders.MECHELEN)
    with as_organisation(by):
        found = net(by)
    assert found.nobody >= 2
    assert found.late > len(found.handovers)
    assert "Namur" not in str(found)
    models.SafeMode.objects.update(until=NOW, ended_why="x")
    with as_organisation(by):
        assert "Namur" in str(net(by))


def test_her_husbands_link_says_nothing_of_her(hidden):
    family, _ = hidden
    with as_organisation(dispatcher()):
        token = give_link(dispatcher(), person_id=members(family)[0])
    text = text_of(Client(), reverse("my_line", args=[token]))
    assert "Danylo 1" in text
    for word in (*PLACES, *NAMES):
        assert word not in text


def test_the_fathers_link_reads_the_childs_lines_and_no_word_of_where_also_when_she_hides(
    separated,
):
    _, new, father = separated
    with as_organisation(registrar()):
        token = give_link(registrar(), person_id=father)
    address, file = reverse("my_line", args=[token]), reverse("my_data", args=[token])
    client, packed = in_english(), ZipFile(BytesIO(Client().post(file).content))
    told = [text_of(client, address), text_of(client, file), packed.read("my-data.json").decode()]
    assert "Danylo 0" in told[0]
    assert "School" in told[0]
    for word in (*PLACES, "Olena", f"H-{new}", f"household/{new}", "must not be found"):
        for text in told:
            assert not re.search(rf"{re.escape(word)}\b", text), word


def test_the_fathers_link_reads_the_same_whether_she_hides_or_not(separated):
    with as_organisation(registrar()):
        token = give_link(registrar(), person_id=separated[2])
    address = reverse("my_line", args=[token])
    while_hiding = main_of(in_english(), address)
    assert "School" in while_hiding
    models.SafeMode.objects.update(until=NOW, ended_why="x")
    assert main_of(in_english(), address) == while_hiding


def test_a_desk_of_both_reads_her_name_on_no_page_of_the_fathers_household(desk, separated):
    family, new, _ = separated
    stays = members(family)[0]
    with as_organisation(dispatcher()):
        name_representative(
            dispatcher(), child_id=stays, who=Somebody(person=members(new)[0]),
            kind=RepresentationKind.PARENT, said_by="Olena", start=NOW.date(), paper="Zilverhof",
        )  # fmt: skip
    client = desk("dispatcher")
    for address in (
        reverse("household", args=[family]),
        reverse("representation", args=[stays]),
        reverse("person_file", args=[stays]),
        reverse("offer", args=[family]),
    ):
        text = text_of(client, address)
        for word in ("Olena", "Zilverhof", "Kamer", f"household/{new}/"):
            assert word not in text, (address, word)
    assert "Somebody who is not shown here" in text_of(client, reverse("household", args=[family]))


def test_her_own_link_names_no_place_and_no_organisation_of_a_town(hidden):
    with as_organisation(dispatcher()):
        token = give_link(dispatcher(), person_id=members(hidden[1])[0])
    own = text_of(in_english(), reverse("my_line", args=[token]))
    assert "Olena" in own
    assert "Ask the desk that gave you this link" in own
    for word in (*PLACES, "somebody else", "not found", "not stand on"):
        assert word not in own, own[max(0, own.find(word) - 200) : own.find(word) + 50]


def test_why_her_file_is_pending_names_no_organisation_and_no_telephone(hidden):
    models.Organisation.objects.update(telephone="+3281246246")
    mine = my_line(members(hidden[1])[0], builders.later(days=3).date())
    told = [each for row in mine.pending for each in (*row.why, *row.can_do) if each.holder]
    assert told
    assert {each.holder.name for each in told} == {""}
    assert {(row.holder.name, row.telephone) for row in mine.pending} == {("", "")}


def test_her_page_says_of_the_place_what_every_page_without_one_says(hidden):
    with as_organisation(dispatcher()):
        hers, other = (
            give_link(dispatcher(), person_id=members(each)[0]) for each in reversed(hidden)
        )
    sentence = "No place stands here. Ask the desk that gave you this link."
    models.BedNight.objects.exclude(person__in=members(hidden[1])).delete()
    for token in (hers, other):
        assert sentence in text_of(in_english(), reverse("my_line", args=[token]))


def test_the_telephone_on_her_page_is_never_one_of_a_town(hidden):
    models.Organisation.objects.filter(pk=town(NAMUR).organisation).update(telephone="+3281246246")
    models.Organisation.objects.filter(pk=dispatcher().organisation).update(telephone="+3222134411")
    she = members(hidden[1])[0]
    told = {}
    for by in (dispatcher(), town(NAMUR)):
        see(by.organisation, [she], models.SightReason.HOSTS)
        with as_organisation(by):
            token = give_link(by, person_id=she)
        told[by.organisation] = text_of(Client(), reverse("my_line", args=[token]))
    assert "+3222134411" in told[dispatcher().organisation]
    assert "+3281246246" not in "".join(told.values())


def test_her_slip_names_no_place_and_no_organisation_of_a_town(hidden):
    desk = walk.client_of(OrganisationKind.FEDASIL, Role.REGISTRAR, dispatcher().organisation)
    address = reverse("slip", args=[hidden[1]])
    text = text_of(desk, address)
    assert "Olena" in text
    for word in (*PLACES, "must not be found", "not stand on"):
        assert word not in text, word
    models.SafeMode.objects.update(until=NOW, ended_why="x")
    assert "Zilverhof" in text_of(desk, address)


@pytest.mark.parametrize("way", ["read", "taken along"])
def test_the_file_that_she_takes_along_names_no_place(hidden, way):
    she = members(hidden[1])[0]
    with as_organisation(dispatcher()):
        token = give_link(dispatcher(), person_id=she)
    address = reverse("my_data", args=[token])
    if way == "read":
        text = text_of(Client(), address)
    else:
        packed = ZipFile(BytesIO(Client().post(address).content))
        text = packed.read("my-data.json").decode()
    assert "Olena" in text
    for word in ("Zilverhof", "Kamer", "Namur"):
        assert word not in text


def test_the_other_household_reads_as_if_she_had_never_been_there(desk, hidden):
    family, new = hidden
    text = text_of(desk("dispatcher"), reverse("household", args=[family]))
    for word in (*NAMES, "Zilverhof", "Kamer", f"household/{new}/"):
        assert word not in text, text[max(0, text.find(word) - 200) : text.find(word) + 50]


def test_those_who_act_for_her_are_told_what_not_to_do(desk, hidden):
    text = text_of(desk("dispatcher"), reverse("household", args=[hidden[1]]))
    assert "Olena" in text
    assert "must not be found" in text
