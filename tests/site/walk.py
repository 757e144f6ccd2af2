"""The walk: every address of the site, with a foreign account of every kind and role, on one household of its own.

Addresses come from the site itself, so a later page is walked too. All numbers of that household, its people, its
lines, its stays and so on begin at the same number: whatever an address asks for, that number is theirs.
"""

from contextlib import contextmanager
from dataclasses import replace

import builders
from builders import NOW, dispatcher, registrar
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.urls import URLPattern, URLResolver

from perron.vocabulary.contacts import ContactOutcome, ContactWay
from perron.vocabulary.erasure import ErasureGround
from perron.vocabulary.organisations import OrganisationKind, Role
from perron.vocabulary.places import CheckOutcome, HostCheckKind
from perron_site.actions.contacts import NewPromise, write_contact
from perron_site.actions.erasure import ask_erasure
from perron_site.actions.handovers import offer_handover
from perron_site.actions.hosts import write_host_check
from perron_site.actions.households import NewPerson, correct_person, register_household, state_fact
from perron_site.actions.links import give_link
from perron_site.actions.roofs import propose_tonight, take_proposal
from perron_site.actions.tracks import take_up_all
from perron_site.actions.users import add_user
from perron_site.config.urls import urlpatterns
from perron_site.queries.organisations import the_system
from perron_site.records import models
from perron_site.records.context import Round, as_organisation, as_round
from perron_site.records.reads import Page, note_read
from perron_site.records.rows import TABLES
from perron_site.web.access import Door, rule_of

FIRST = 7_000_001
GIVEN, FAMILY, TELEPHONE = "Zvenyslava", "Ptashynska", "+32499700700"
PART = "ptashyn"
SECRETS = (GIVEN, FAMILY, "Звенислава", TELEPHONE, "Kept from all", str(FIRST))
WRITTEN = {"IntConverter": "int", "StringConverter": "str", "PathConverter": "path"}
STAFF = Role.COORDINATOR
"""One role in each organisation reads the records of the admin too: there, the role makes no difference."""


def addresses(patterns=urlpatterns, prefix="/"):
    """Every address of the site as its route, except those of allauth, which know no household."""
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, f"{prefix}{each.pattern}")
        elif isinstance(each, URLPattern):
            module = getattr(each.callback, "__module__", "")
            if not module.startswith("allauth."):
                yield f"{prefix}{each.pattern}", each


def filled(route, pattern):
    """The address with the number of that household wherever it asks for one; None for one that cannot be walked."""
    address = route
    for name, converter in pattern.pattern.converters.items():
        written = WRITTEN[type(converter).__name__]
        address = address.replace(f"<{written}:{name}>", str(FIRST))
    return None if "<" in address else address


EVERYTHING = {
    "tracks": ",".join(str(FIRST + each) for each in range(4)), "proposal": str(FIRST), "unit": str(FIRST),
    "why": "x", "despite": "x", "consent": "1", "need": "cot", "ua_permit": "none", "reason": "other", "text": "x",
    "step": "support.inquiry", "act": "in", "household": str(FIRST), "person": str(FIRST), "handover": str(FIRST),
    "q": PART, "kind": "parent", "said_by": "x", "name": "x", "because": "mistake", "row": str(FIRST),
    "to": str(FIRST), "consent_by": str(FIRST),
}  # fmt: skip


def lay(owner):
    """One household with everything that may be known of people, held by Fedasil; another one is offered to Gent."""
    with as_round(Round.COMMAND):
        room = builders.an_emergency_room(features=[builders.Feature.HOSPITAL_NEAR])
        builders.a_site(None, room)
        builders.a_household(size=1, municipality=builders.GENT, roof=False)
    same_numbers(owner)
    with as_round(Round.COMMAND):
        there = builders.town(builders.MECHELEN)
        site = builders.a_site(there, builders.a_home(), municipality=builders.MECHELEN)
        write_host_check(
            there,
            site_id=site,
            kind=HostCheckKind.DWELLING,
            outcome=CheckOutcome.PASSED,
            on=there.on,
        )
        by = registrar()
        who = NewPerson(
            GIVEN, FAMILY, "Звенислава", "Пташинська", telephone=TELEPHONE, languages=("ukr",),
            born=builders.PartialDate.parse("1961-02-03"),
            needs=frozenset({builders.Need.HOSPITAL_NEAR}),
        )  # fmt: skip
        number = register_household(by, people=(who,), arrived_on=by.on, roof=True)
        state_fact(by, person_id=number, name="ua_permit", value="Kept from all")
        correct_person(by, person_id=number, changes={"email": "kept@example.org"})
        give_link(by, person_id=number)
        propose_tonight(dispatcher(), night=dispatcher().tonight)
        models.Notice.objects.create(
            person_id=number, kind="x", language="en", written_at=NOW, about_on=NOW, blank_on=NOW
        )
        proposal = models.Proposal.objects.get(household=number).pk
        take_proposal(dispatcher(), proposal_id=proposal)
        ask_erasure(by, person_id=number, ground=ErasureGround.ASKED)
        take_up_all(by, track_ids=(models.Track.objects.get(person=number, kind="protection").pk,))
        reader = add_user(
            the_system(NOW), email="reader@example.org", name="Reader", password=None, language="en",
            memberships=((dispatcher().organisation, Role.DISPATCHER),),
        )  # fmt: skip
        note_read(replace(dispatcher(), user=reader), [number], Page.HOUSEHOLD)
        line = models.Journal.objects.filter(household=number).order_by("pk").first()
        models.Moved.objects.create(journal=line, rows=[])
        models.Glass.objects.create(
            organisation_id=dispatcher().organisation, user_id=reader, household_id=number,
            reason="danger", why="Kept from all", at=NOW, until=NOW.date(),
        )  # fmt: skip
        models.SafeMode.objects.create(
            person_id=number, why="Kept from all", ended_why="Kept from all",
            set_by_id=by.organisation, since=NOW, until=NOW,
        )  # fmt: skip
        models.Representation.objects.create(
            person_id=number, name="Kept from all", kind="carer", start=NOW.date(), said_by="Kept from all",
            paper="Kept from all", set_by_id=by.organisation,
        )  # fmt: skip
        models.TwoPeople.objects.create(
            person_id=number, organisation_id=by.organisation, why="Kept from all", at=NOW,
            other=models.Person.objects.filter(pk__lt=number).latest("pk"),
        )  # fmt: skip
        models.Question.objects.create(
            person_id=number, organisation_id=builders.town(builders.MECHELEN).organisation, holder_id=by.organisation,
            name=f"{GIVEN} {FAMILY}", born="1961", purpose="family", words="Kept from all", asked_at=NOW,
            due_on=NOW.date(), state="answered", settled_at=NOW, answer="Kept from all",
        )  # fmt: skip
        models.Reference.objects.create(
            person_id=number, organisation_id=by.organisation, reference="Kept from all"
        )
        models.WaitingFile.objects.create(
            organisation_id=by.organisation, kind="people", name="Kept from all", at=NOW,
            data=b"given name;family name\nKept from all;Kept from all",
        )  # fmt: skip
        models.ImportedFile.objects.create(
            organisation_id=by.organisation, kind="people", name="Kept from all", rows=1, at=NOW
        )
        write_contact(
            dispatcher(), person_id=number, on=NOW.date(), way=ContactWay.PHONE,
            outcome=ContactOutcome.REACHED, note="Kept from all",
            promise=NewPromise("Kept from all", NOW.date()),
        )  # fmt: skip
        handover = offer_handover(
            dispatcher(), household_id=number, receiver_id=builders.town(builders.MECHELEN).organisation,
            track_ids=(models.Track.objects.get(person=number, kind="roof").pk,), why="Kept from all", consent=True,
        )  # fmt: skip
        models.Escalation.objects.create(
            handover_id=handover, stage="reminder", on=NOW.date(),
            organisation_id=builders.town(builders.MECHELEN).organisation,
        )  # fmt: skip
    return number


def same_numbers(owner):
    """Let every table go on at the same number."""
    for table in (*TABLES, "records_site"):
        if owner.execute("select pg_get_serial_sequence(%s, 'id')", [table]).fetchone()[0]:
            owner.execute(f"select setval(pg_get_serial_sequence('{table}', 'id'), {FIRST - 1})")


def accounts():
    """A foreign organisation of every kind, in every role: none of them has to do with the household."""
    with as_round(Round.COMMAND):
        for kind in OrganisationKind:
            of_kind = some(kind)
            for role in set(Role) - {Role.SYSTEM}:
                yield kind, role, of_kind


def another(kind):
    """An organisation of a kind of which there is one only: a second one."""
    found, _ = models.Organisation.objects.get_or_create(
        kind=kind, name=f"Second {kind}", valid_from=NOW
    )
    return found.pk


def some(kind):
    """An organisation of this kind that is not in the story."""
    seen = models.Sight.objects.order_by().values("organisation")
    rows = models.Organisation.objects.filter(Q(kind=kind) & ~Q(pk__in=seen))
    rows = rows.exclude(pk=builders.town(builders.MECHELEN).organisation)
    found = rows.order_by("pk").first()
    return found.pk if found else another(kind)


def client_of(kind, role, number):
    """A browser that acts for this organisation in this role; staff too, so that the records stand open."""
    with as_round(Round.COMMAND):
        user = add_user(
            the_system(NOW), email=f"{kind}.{role}@example.org", name="Foreign", password=None, language="en",
            memberships=((number, role),), staff=role is STAFF,
        )  # fmt: skip
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    client.account = get_user_model().objects.get(pk=user)
    return sign_in(client)


def sign_in(client):
    """The browser is signed in; the walk comes by the page that signs out."""
    client.force_login(client.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def leaks(clients, only=""):
    """Every answer that holds what it should not, and every address that fails: who, how, where, what."""
    for who, client in clients.items():
        for route, pattern in addresses():
            address = filled(route, pattern)
            if address is None or only not in address:
                continue
            if not opens_to(pattern, *who):
                continue
            for how in ("get", "post"):
                words = EVERYTHING if how == "post" else {"q": PART}
                answer = getattr(client, how)(address, words)
                text = told(answer, address)
                found = [secret for secret in SECRETS if secret in text]
                if found or answer.status_code >= 500:
                    yield who, how, route, answer.status_code, found


def opens_to(pattern, kind, role):
    """A page that makes no difference between organisations is walked by one of them; the admin by one role."""
    rule = rule_of(pattern.callback)
    if rule.door is Door.ROLES and role in rule.roles:
        return True
    return kind is OrganisationKind.NGO and (rule.door is not Door.STAFF or role is STAFF)


def told(answer, address):
    """What an answer says beyond what was asked: the address itself is no news."""
    said = answer.content.decode(errors="replace")
    said = said.replace(address, "")
    for asked in EVERYTHING.values():
        said = said.replace(f'value="{asked}"', "").replace(f"H-{asked}: ", "")
    return said


def rows_seen(by):
    """The tables of which this organisation can read a row of that household, without any page."""
    with as_organisation(by):
        return {
            model._meta.db_table
            for model in apps.get_app_config("records").get_models()
            if model._meta.db_table in TABLES and about_them(model).exists()
        }


def about_them(model):
    """The rows about that household; a line of the journal about nobody is no secret."""
    rows = model.objects.filter(pk__gte=FIRST)
    return rows.exclude(household=None, person=None) if model is models.Journal else rows


def written():
    """Everything that stands about that household, to be compared."""
    with as_round(Round.COMMAND):
        return {
            table: list(about_them(model).order_by("pk").values())
            for table in sorted(TABLES)
            for model in apps.get_app_config("records").get_models()
            if model._meta.db_table == table
        }


@contextmanager
def connected_to(name):
    """Let Django work on this database as the site's role, without naming itself as anybody."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update({"NAME": name, "OPTIONS": {}})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
