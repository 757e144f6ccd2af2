"""Two people with a word of their own in every column of a person; one of them is erased: python -m erasing DIR."""

import json
import sys
from pathlib import Path
from secrets import token_hex

import django

django.setup()

from builders import NOW, a_household, acting, registrar  # noqa: E402 - after Django is set up
from caseload import fill  # noqa: E402 - the same
from django.db.models import BooleanField, DateField, DateTimeField, JSONField  # noqa: E402 - the same

from perron.vocabulary.contacts import ContactOutcome, ContactWay  # noqa: E402 - the same
from perron.vocabulary.erasure import ErasureGround  # noqa: E402 - the same
from perron.vocabulary.organisations import OrganisationKind, Role  # noqa: E402 - the same
from perron.vocabulary.people import Need  # noqa: E402 - the same
from perron_site.actions.contacts import NewPromise, write_contact  # noqa: E402 - the same
from perron_site.actions.erasure import ask_erasure, erase_person  # noqa: E402 - the same
from perron_site.actions.households import correct_person, state_fact  # noqa: E402 - the same
from perron_site.actions.links import give_link  # noqa: E402 - the same
from perron_site.queries.everything import write_everything  # noqa: E402 - the same
from perron_site.queries.organisations import organisation  # noqa: E402 - the same
from perron_site.records import models  # noqa: E402 - the same
from perron_site.records.retention import BLANKED, COLUMNS  # noqa: E402 - the same

CODES = {"need", "sex", "born", "nationalities", "languages", "municipality", "why_sight"}


def word(kind: str) -> str:
    """A text that stands nowhere else: in Latin or Cyrillic letters, a number, an address."""
    secret = token_hex(5)
    return {"telephone": f"+32 {int(secret, 16)}", "email": f"{secret}@example.org",
            "given_name_cyrillic": "Ї" + secret.translate(str.maketrans("abcdef", "абвгґє"))}.get(
        kind, f"Zoë-{secret}")  # fmt: skip


def rows_of(model, person: int, home: int):
    """The rows of a table that are about this person or their household."""
    names = {field.name for field in model._meta.get_fields()}
    if model is models.Person:
        return model.objects.filter(pk=person)
    if model is models.Household:
        return model.objects.filter(pk=home)
    if model is models.Moved:
        return model.objects.filter(journal__household=home)
    if model is models.Escalation:
        return model.objects.filter(handover__household=home)
    return model.objects.filter(**{"person": person} if "person" in names else {"household": home})


def plant(person: int, home: int) -> dict[str, str]:
    """Put a word of its own into every text and JSON column that erasure must blank; which word stands where."""
    planted = {}
    for table, columns in COLUMNS.items():
        model = next(
            each for each in vars(models).values() if getattr(each, "__name__", "").lower() == table
        )
        for column in (name for name, keeping in columns.items() if keeping is BLANKED):
            field = model._meta.get_field(column)
            if column in CODES or (table, column) == ("sight", "why") or field.is_relation:
                continue
            if isinstance(field, DateField | DateTimeField | BooleanField):
                continue
            rows, said = rows_of(model, person, home), word(column)
            value = {"about": said} if isinstance(field, JSONField) else said
            assert rows.exists(), f"nothing to plant in: {table}.{column}"
            for row in rows.order_by("pk"):
                setattr(row, column, value)
                row.save(update_fields=[column])
            planted[f"{table}.{column}"] = said
    return planted


def a_full_person() -> tuple[int, int]:
    """A person with a row in every table."""
    by = registrar()
    home = a_household(by, needs=[Need.WHEELCHAIR], municipality="44021")
    person = models.HouseholdMember.objects.get(household=home).person_id
    correct_person(by, person_id=person, changes={"given_name": "Once"})
    state_fact(
        by,
        person_id=person,
        name="ua_permit",
        value="temporary",
        document="Ukrainian residence permit",
    )
    give_link(by, person_id=person)
    models.Notice.objects.create(person_id=person, kind="protection_ends", language="uk", written_at=NOW,
                                 about_on=NOW.date(), blank_on=NOW.date())  # fmt: skip
    unit = models.Unit.objects.order_by("pk")[0]
    models.Proposal.objects.create(household_id=home, unit=unit, night=NOW.date(), state="overruled",
                                   proposed_at=NOW, despite="it is near", reasons=[])  # fmt: skip
    offer = models.Handover.objects.create(
        giver_id=by.organisation, receiver_id=organisation(OrganisationKind.FEDASIL), household_id=home,
        state="declined", why="because", consent=False, without_consent_because="not there",
        offered_at=NOW, due_on=NOW.date(), read_until=NOW.date(), answered_at=NOW, decline_reason="other",
        decline_text="no room", consent_words="a neighbour",
    )  # fmt: skip
    models.Escalation.objects.create(
        handover=offer, stage="desk", on=NOW.date(), organisation_id=by.organisation, advice="call first"
    )  # fmt: skip
    write_contact(
        by, person_id=person, on=NOW.date(), way=ContactWay.PHONE, outcome=ContactOutcome.REACHED, note="called",
        promise=NewPromise("we call", NOW.date()),
    )  # fmt: skip
    models.Reference.objects.create(
        person_id=person,
        organisation_id=registrar().organisation,
        reference=f"Dossier 4711-{person}",
    )
    models.SafeMode.objects.create(person_id=person, from_whom="somebody", why="it is not safe", ended_why="it is",
                                   set_by_id=by.organisation, since=NOW, until=NOW)  # fmt: skip
    models.Representation.objects.create(person_id=person, name="an aunt", kind="carer", paper="a letter",
                                         start=NOW.date(), said_by="her", set_by_id=by.organisation)  # fmt: skip
    reader = models.User.objects.order_by("pk")[0]
    models.Glass.objects.create(organisation_id=by.organisation, user=reader, household_id=home, reason="danger",
                                why="it burns", at=NOW, until=NOW.date())  # fmt: skip
    models.TwoPeople.objects.create(person_id=person, other=models.Person.objects.order_by("pk")[0], why="twins",
                                    organisation_id=by.organisation, at=NOW)  # fmt: skip
    models.Question.objects.create(
        person_id=person, organisation_id=organisation(OrganisationKind.FEDASIL), holder_id=by.organisation, name="her",
        purpose="family", words="is it she", asked_at=NOW, due_on=NOW.date(), state="answered", settled_at=NOW,
        answer="it is",
    )  # fmt: skip
    line = models.Journal.objects.filter(household=home).order_by("pk")[0]
    models.Moved.objects.create(journal=line, rows={})
    models.Track.objects.filter(person=person).update(closed_on=NOW.date())
    return person, home


def journal() -> list[tuple[object, ...]]:
    """Every line as it stands."""
    return [tuple(map(str, row)) for row in models.Journal.objects.order_by("pk").values_list()]


def main(folder: Path) -> None:
    """Plant, erase, export; print what was planted and what became of the journal."""
    fill()
    gone, stays = a_full_person(), a_full_person()
    planted = {"gone": plant(*gone), "stays": plant(*stays)}
    ask_erasure(registrar(), person_id=gone[0], ground=ErasureGround.ASKED)
    before = journal()
    folder.mkdir()
    (folder / "before").mkdir()
    (folder / "after").mkdir()
    write_everything(folder / "before", lambda _: None)
    by = acting(OrganisationKind.DVZ, Role.COORDINATOR)
    first = erase_person(by, person_id=gone[0])
    after = journal()
    again = erase_person(by, person_id=gone[0])
    write_everything(folder / "after", lambda _: None)
    told = {
        "planted": planted,
        "first": first,
        "again": again,
        "trace_is_whole": after[:-1] == before,
        "more": len(after) - len(before),
        "at_last": len(journal()) - len(after),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
