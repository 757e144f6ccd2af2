"""Regularisation in Belgium (art. 9bis): a favour, of which only the criteria are shown."""

from perron.rules.expressions import only_if
from perron.rules.routes import Route
from perron.rules.terms import Param, fact, years_since

adult = years_since("birth_date") >= Param("adult.age")
exceptional_circumstances = fact("exceptional_circumstances").is_(True)
identity_document = fact("identity_document").one_of(
    "valid_passport", "expired_passport", "identity_card", "other_official"
)
address_in_belgium = fact("address_be").is_(True)
fee_paid = fact("fee_paid").is_(True)

HUMANITARIAN = Route(
    "humanitarian_9bis",
    capped=True,
    holds_status=("humanitarian_9bis",),
    conditions=(
        exceptional_circumstances.cite(
            "humanitarian_9bis.exceptional", "Act art. 9bis §1", "M+", kind="discretionary"
        ),
        identity_document.cite(
            "humanitarian_9bis.identity", "Act art. 9bis §1; belgium.md §2.7", "M+"
        ),
        address_in_belgium.cite(
            "humanitarian_9bis.address", "belgium.md §2.7 (municipality of effective stay)", "M+"
        ),
        only_if(adult, fee_paid).cite(
            "humanitarian_9bis.fee", "Act art. 1/1; RD81 art. 1/1/1; vrr retributie", "V"
        ),
    ),
)
