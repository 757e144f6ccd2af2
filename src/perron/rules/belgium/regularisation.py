"""Regularisation in Belgium: as a favour (art. 9bis), and for a serious illness (art. 9ter)."""

from perron.rules.belgium.conditions import (
    address_in_belgium,
    adult,
    identity_document,
    within_months,
)
from perron.rules.expressions import only_if
from perron.rules.routes import Route
from perron.rules.terms import fact

exceptional_circumstances = fact("exceptional_circumstances").is_(True)
fee_paid = fact("fee_paid").is_(True)
serious_illness = fact("serious_illness").is_(True)
treatment_in_the_country_of_origin = fact("treatment_accessible_in_origin").is_(True)
recent_certificate = within_months(
    "medical_certificate_9ter_on", "medical.certificate_max_age_months"
)

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
            "humanitarian_9bis.fee", "Act art. 1/1; RD81 art. 1/1/1", "V"
        ),
    ),
)

MEDICAL = Route(
    "medical_9ter",
    capped=True,
    holds_status=("medical_9ter",),
    conditions=(
        serious_illness.cite("medical_9ter.illness", "Act art. 9ter §1", "V", kind="claimed"),
        (~treatment_in_the_country_of_origin).cite(
            "medical_9ter.treatment", "Act art. 9ter §1", "V", kind="claimed"
        ),
        recent_certificate.cite(
            "medical_9ter.certificate", "Act art. 9ter §3; belgium.md §2.7 (three months)", "M+"
        ),
        identity_document.cite(
            "medical_9ter.identity",
            "Act art. 9ter §2; belgium.md §2.7 (an expired passport is accepted)",
            "V",
        ),
        address_in_belgium.cite(
            "medical_9ter.address",
            "Act art. 9ter §1 (address of effective residence)",
            "V",
        ),
    ),
)
