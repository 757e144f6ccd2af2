"""People, households over time, needs and stated facts. What is not known is NULL or absent, never a default."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from perron.vocabulary.people import Need as NeedWord
from perron.vocabulary.people import Presence, Sex
from perron_site.records.models.choices import only, word
from perron_site.records.models.organisations import Municipality, Organisation


class Person(models.Model):
    """One human being. ``born`` is ISO 8601 as far as it is known: 1987, 1987-03 or 1987-03-10."""

    given_name = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    given_name_cyrillic = models.CharField(max_length=120, blank=True)
    family_name_cyrillic = models.CharField(max_length=120, blank=True)
    born = models.CharField(max_length=10, null=True)  # noqa: DJ001 - NULL is "not known"
    sex = word(Sex, null=True)
    nationalities = ArrayField(models.CharField(max_length=2), null=True)
    languages = ArrayField(models.CharField(max_length=3), default=list)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    presence = word(Presence, default=Presence.HERE)
    presence_since = models.DateField(null=True)
    presence_until = models.DateField(null=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        """Sorted by number."""

        ordering = ("pk",)
        constraints = (
            only("presence", Presence, "a_person_is_in_one_known_way_here_or_not"),
            models.CheckConstraint(
                condition=Q(presence="abroad") | Q(presence_until__isnull=True),
                name="only_who_is_abroad_should_be_back_on_a_day",
            ),
            only("sex", Sex, "sex_is_one_of_the_passport_values"),
            models.CheckConstraint(
                condition=Q(born__isnull=True)
                | Q(born__regex=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"),
                name="a_birth_date_is_a_year_a_month_or_a_day",
            ),
        )

    def __str__(self) -> str:
        """The number, never the name: this string may reach a log."""
        return f"P-{self.pk}"


class Household(models.Model):
    """People who stay together, over time."""

    arrived_on = models.DateField()
    municipality = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT)
    demonstration = models.BooleanField(default=False)

    class Meta:
        """Sorted by number."""

        ordering = ("pk",)
        indexes = (models.Index(fields=("arrived_on",), name="households_by_arrival"),)

    def __str__(self) -> str:
        """The number that desks use on the phone."""
        return f"H-{self.pk}"


class HouseholdMember(models.Model):
    """A person belongs to a household from a day until a day."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    start = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        """One household at a time."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(end__isnull=True),
                name="a_person_is_in_one_household_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="a_membership_of_a_household_begins_before_it_ends",
            ),
        )

    def __str__(self) -> str:
        """Both numbers."""
        return f"P-{self.person_id} in H-{self.household_id}"


class Need(models.Model):
    """What a place must have for this person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    need = word(NeedWord)
    start = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        """Each need once at a time."""

        ordering = ("pk",)
        constraints = (
            only("need", NeedWord, "a_need_is_a_known_word"),
            models.UniqueConstraint(
                fields=("person", "need"),
                condition=Q(end__isnull=True),
                name="a_person_has_each_need_once",
            ),
        )

    def __str__(self) -> str:
        """The number of the person only."""
        return f"need of P-{self.person_id}"


class Fact(models.Model):
    """What a person stated, by a name of facts.yaml. Absent is unknown; a later statement replaces an earlier one.

    ``document``: the one that was seen for it, as facts.yaml names it; empty: nobody has seen one.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    name = models.CharField(max_length=60)
    value = models.JSONField()
    stated_on = models.DateField()
    document = models.CharField(max_length=120, blank=True)
    seen_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)
    seen_on = models.DateField(null=True)

    class Meta:
        """One current statement for each fact."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("person", "name"), name="a_fact_is_stated_once"),
            models.CheckConstraint(
                condition=Q(document="", seen_by__isnull=True, seen_on__isnull=True)
                | (~Q(document="") & Q(seen_by__isnull=False, seen_on__isnull=False)),
                name="a_document_is_seen_by_somebody_on_a_day",
            ),
        )

    def __str__(self) -> str:
        """The number of the person only."""
        return f"fact of P-{self.person_id}"
