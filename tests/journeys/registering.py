"""A command of a journey: register households of people by what they say, and print the number of each person."""

import json
import sys

from perron_site.commands.opening import open_database

open_database()

from on_a_day import DAY  # noqa: E402 - after Django is set up

from perron.vocabulary.acting import Acting  # noqa: E402 - the same
from perron.vocabulary.intervals import PartialDate  # noqa: E402 - the same
from perron.vocabulary.organisations import PURPOSE_OF, OrganisationKind, Role  # noqa: E402 - the same
from perron_site.actions.households import NewPerson, register_household, state_facts  # noqa: E402 - the same
from perron_site.queries.organisations import organisation  # noqa: E402 - the same
from perron_site.records import models  # noqa: E402 - the same
from perron_site.records.context import Round, as_round  # noqa: E402 - the same


def somebody(name, said):
    """What stands with a person; the rest is stated."""
    given, family = name.split()
    return NewPerson(
        given_name=given,
        family_name=family,
        languages=("uk",),
        nationalities=tuple(said.pop("nationality")),
        born=PartialDate.parse(str(said.pop("birth_date"))),
        sex=said.pop("sex", None),
    )


def register(by, members):
    people = tuple(somebody(name, said) for name, said in members.items())
    home = register_household(by, people=people, arrived_on=by.on, roof=False)
    rows = models.HouseholdMember.objects.filter(household=home).order_by("person")
    numbers = rows.values_list("person", flat=True)
    for (name, said), person in zip(members.items(), numbers, strict=True):
        state_facts(by, person_id=person, facts=said)
        sys.stdout.write(f"{name}|{person}\n")


with as_round(Round.COMMAND):
    desk = Role.REGISTRAR
    by = Acting(None, organisation(OrganisationKind.DVZ), desk, PURPOSE_OF[desk], DAY)
    for each in json.loads(sys.argv[1]):
        register(by, each)
