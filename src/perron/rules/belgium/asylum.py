"""Protection for other reasons than the war alone: asylum, statelessness, and victims of trafficking."""

from perron.rules.routes import Route
from perron.rules.terms import fact

fear_or_serious_harm = fact("fear_or_serious_harm").is_(True)
ground_for_exclusion = fact("exclusion_ground").is_(True)

INTERNATIONAL_PROTECTION = Route(
    "international_protection",
    capped=True,
    holds_status=("refugee", "subsidiary"),
    conditions=(
        fear_or_serious_harm.cite(
            "international_protection.fear", "Act art. 48/3, 48/4", "V", kind="claimed"
        ),
        (~ground_for_exclusion).cite(
            "international_protection.no_exclusion",
            "Geneva Convention art. 1F (belgium.md §2.7)",
            "M+",
        ),
    ),
)

STATELESS_LAW = "belgium.md §2.7 (law of 2024, in force since 01-09-2024)"
recognised_as_stateless = fact("stateless_recognised_on").exists()
no_country_sees_a_citizen = fact("no_nationality_evidence").is_(True)
lost_unwillingly = fact("nationality_lost_involuntarily").is_(True)
a_nationality_to_be_had = fact("can_acquire_nationality").is_(True)
lasting_stay_elsewhere = fact("durable_residence_elsewhere").is_(True)

STATELESS = Route(
    "stateless",
    capped=True,
    holds_status=("stateless",),
    conditions=(
        (recognised_as_stateless | no_country_sees_a_citizen).cite(
            "stateless.no_nationality", STATELESS_LAW, "V", kind="claimed"
        ),
        lost_unwillingly.cite("stateless.unwillingly", STATELESS_LAW, "V", kind="claimed"),
        (~a_nationality_to_be_had).cite(
            "stateless.none_to_be_had", STATELESS_LAW, "V", kind="claimed"
        ),
        (~lasting_stay_elsewhere).cite("stateless.elsewhere", STATELESS_LAW, "V", kind="claimed"),
    ),
)

left_the_exploiters = fact("left_exploiters").is_(True)
with_a_recognised_centre = fact("centre_accompaniment").one_of("pag_asa", "payoke", "surya")
works_with_the_police = fact("cooperates_with_justice").is_(True)

TRAFFICKING_VICTIM = Route(
    "trafficking_victim",
    capped=True,
    holds_status=("trafficking",),
    conditions=(
        left_the_exploiters.cite("trafficking_victim.left", "Act art. 61/2", "M+", kind="claimed"),
        with_a_recognised_centre.cite(
            "trafficking_victim.centre", "Act art. 61/2; belgium.md §3.4", "V"
        ),
        works_with_the_police.cite(
            "trafficking_victim.cooperates", "Act art. 61/2 ff.", "M+", kind="claimed"
        ),
    ),
)
