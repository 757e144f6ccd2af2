"""Lasting stay beyond the unlimited one: settlement (K card), nationality by declaration, naturalisation."""

from perron.rules.belgium.conditions import adult, public_order_risk
from perron.rules.belgium.lasting_counts import (
    few_days_away,
    no_absence_too_long,
    registered_for_the_term,
    years_of_longer_stay,
    years_settled,
)
from perron.rules.belgium.stays import counted, title_runs
from perron.rules.expressions import every
from perron.rules.routes import Route
from perron.rules.terms import Param, fact, some

unlimited_stay_is_held = title_runs("unlimited", "settled", "ltr_eu", "family_permanent")
five_years_of_regular_stay = years_settled()
absences_short_enough = counted(
    "absences short enough",
    no_absence_too_long,
    "absences",
    law=("nationality.years", "nationality.absence_longest_max_months"),
)
few_enough_days_away = counted(
    "few enough days away",
    few_days_away,
    "absences",
    law=("nationality.years", "nationality.absence_total_max_share"),
)
worked_enough = (fact("working_days_5y") >= Param("nationality.working_days")) | (
    fact("self_employed_quarters_5y") >= Param("nationality.self_employed_quarters")
)
five_years_of_stay = years_of_longer_stay("nationality.years")
ten_years_of_stay = years_of_longer_stay("nationality.years_without_participation")
two_years_of_stay = years_of_longer_stay("naturalisation.stateless_years")
language_is_known = some(
    "language_proof", fact("language_proof.level") >= Param("nationality.language_level")
)
integration_is_proven = fact("social_integration_proof").has_any(
    "secondary_diploma", "vocational_training_400h", "continuous_work_5y", "integration_course"
)
serious_facts = fact("serious_personal_facts").is_(True)
exceptional_merit = fact("exceptional_merit").is_(True)
recognised_as_stateless = fact("stateless_recognised_on").exists()

SETTLEMENT = Route(
    "settlement_k",
    holds_status=("settled",),
    conditions=(
        unlimited_stay_is_held.cite("settlement_k.unlimited", "Act art. 14", "V"),
        five_years_of_regular_stay.cite(
            "settlement_k.years",
            "Act art. 14; belgium.md §2.8 (regular and uninterrupted; short absences do not interrupt)",
            "V",
        ),
        (~public_order_risk).cite(
            "settlement_k.public_order",
            "belgium.md §2.7 (no SIS alert, public peace, order, security)",
            "V",
        ),
    ),
)

PARTICIPATION = "Nationality Code art. 12bis §1, 2° and 5°"

NATIONALITY = Route(
    "nationality",
    holds_status=("belgian",),
    conditions=(
        adult.cite("nationality.adult", "Nationality Code art. 12bis §1, 2°", "V"),
        unlimited_stay_is_held.cite(
            "nationality.unlimited", "Nationality Code art. 7bis §2, 1°", "V"
        ),
        registered_for_the_term.cite(
            "nationality.registered",
            "Nationality Code art. 7bis §1 (main residence)",
            "V",
        ),
        absences_short_enough.cite(
            "nationality.absence_longest",
            "Nationality Code art. 7bis §3 (absences of at most six months)",
            "P",
        ),
        few_enough_days_away.cite(
            "nationality.absence_total",
            "Nationality Code art. 7bis §3 (together at most one fifth of the required term)",
            "P",
        ),
        (
            every(five_years_of_stay, worked_enough).cite(
                "nationality.five_years", PARTICIPATION, "V"
            )
            | ten_years_of_stay.cite("nationality.ten_years", PARTICIPATION, "V")
        ).cite("nationality.years", PARTICIPATION, "V"),
        language_is_known.cite(
            "nationality.language",
            "Nationality Code art. 12bis; RD 14-01-2013 (A2)",
            "V",
        ),
        integration_is_proven.cite(
            "nationality.integration", "Nationality Code art. 12bis §1, 2°", "V"
        ),
        (~serious_facts).cite(
            "nationality.no_serious_facts",
            "Nationality Code art. 1 §2, 4°, 15 (belgium.md §2.7)",
            "M+",
        ),
    ),
)

NATURALISATION = Route(
    "naturalisation",
    capped=True,
    holds_status=("belgian",),
    conditions=(
        unlimited_stay_is_held.cite(
            "naturalisation.unlimited", "Nationality Code art. 7bis §2, 1°", "V"
        ),
        (
            exceptional_merit.cite("naturalisation.merit", "Nationality Code art. 19", "M+")
            | every(recognised_as_stateless, two_years_of_stay).cite(
                "naturalisation.stateless", "Nationality Code art. 19", "M+"
            )
        ).cite("naturalisation.ground", "Nationality Code art. 19", "M+", kind="discretionary"),
    ),
)
