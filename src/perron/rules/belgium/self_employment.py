"""Work on one's own account: the professional card and the stay that goes with it."""

from perron.rules.belgium.conditions import no_record_in_the_country_of_origin
from perron.rules.routes import Route
from perron.rules.terms import Param, fact

professional_card = fact("professional_card").is_("granted")
economic_value = fact("business_plan_economic_value").is_(True)
means_are_sufficient = fact("means_month") >= Param("self_employed.means.month")

SELF_EMPLOYED = Route(
    "self_employed",
    capped=True,
    holds_status=("self_employed",),
    conditions=(
        professional_card.cite("self_employed.card", "Act 19-02-1965; belgium.md §2.7", "M+"),
        economic_value.cite(
            "self_employed.value", "belgium.md §2.7 (regional rules)", "M+", kind="discretionary"
        ),
        no_record_in_the_country_of_origin.cite("self_employed.record", "belgium.md §2.7", "M+"),
        means_are_sufficient.cite("self_employed.means", "belgium.md §2.7", "M+"),
    ),
)
