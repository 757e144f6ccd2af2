"""Study: the stay as a student, and the year to look for work after it."""

from perron.rules.belgium.conditions import (
    adult,
    healthy,
    insured,
    no_record_in_the_country_of_origin,
)
from perron.rules.belgium.stays import PERIODS, PROTECTED, counted
from perron.rules.binding import Unsettled
from perron.rules.expressions import World, only_if
from perron.rules.facts import Days, as_records
from perron.rules.moments import Moment
from perron.rules.routes import Route
from perron.rules.terms import Param, fact

STUDIED_UNDER_PROTECTION = "search_year.tp_studies_count"


def held_student_title(world: World, moment: Moment) -> bool | Unsettled | None:
    """Whether there ever was a title as a student; whether studies under temporary protection count is for the law."""
    if world.get(PERIODS) is None:
        return Unsettled.FACTS
    open_, titles = False, set()
    for record in map(dict, as_records(world[PERIODS])):
        title, first = record.get("title"), record.get("from")
        if title is None or not isinstance(first, Days):
            open_ = True
        elif first.first <= moment.on:
            titles.add(title)
    if "student" in titles:
        return True
    if open_:
        return Unsettled.FACTS
    return moment.value(STUDIED_UNDER_PROTECTION) if titles & PROTECTED else False


enrolled_at_a_recognised_institution = fact("enrolment.institution_recognised").is_(True)
full_time = fact("enrolment.full_time").is_(True)
means_of_a_student = fact("means_month") >= Param("student.means.month")
diploma_in_belgium = fact("diploma_be").exists()
was_a_student = counted(
    "title as a student", held_student_title, PERIODS, law=(STUDIED_UNDER_PROTECTION,)
)

STUDENT = Route(
    "student",
    holds_status=("student",),
    conditions=(
        enrolled_at_a_recognised_institution.cite(
            "student.institution", "Act art. 58-60; Dir. (EU) 2016/801", "V"
        ),
        full_time.cite("student.full_time", "belgium.md §2.7", "M+"),
        means_of_a_student.cite(
            "student.means", "Act art. 60-61; belgium.md §2.12 (amount by school year)", "V"
        ),
        insured.cite("student.insured", "belgium.md §2.7", "M+"),
        healthy.cite("student.health", "belgium.md §2.7", "M+"),
        only_if(adult, no_record_in_the_country_of_origin).cite(
            "student.record", "belgium.md §2.7", "M+"
        ),
    ),
)

SEARCH_YEAR = Route(
    "search_year",
    holds_status=("search_year",),
    conditions=(
        diploma_in_belgium.cite("search_year.diploma", "Act art. 61/1/9", "V"),
        was_a_student.cite("search_year.student", "belgium.md §2.7", "M+"),
        insured.cite("search_year.insured", "belgium.md §2.7", "M+"),
    ),
)
