"""Lasting stay: the EU long-term resident and the unlimited stay."""

from perron.rules.belgium.conditions import insured, public_order_risk
from perron.rules.belgium.counts import (
    WHOLE_AFTER_MONTHS,
    few_absences,
    in_scope,
    legal_years,
    means_edges,
    means_enough,
    short_absences,
)
from perron.rules.belgium.stays import LIMITED, PERIODS, counted, title_runs, years_after, years_on
from perron.rules.expressions import either
from perron.rules.routes import Route
from perron.rules.terms import Derived, fact, ruling

five_years_of_legal_stay = counted(
    "legal stay", legal_years, PERIODS, "asylum_state",
    law=("ltr.years", "count.ltr.tp_months", WHOLE_AFTER_MONTHS),
)  # fmt: skip
title_in_scope = counted("title in scope", in_scope, PERIODS, law=("ltr.open_under_tp",))
no_long_absence = counted(
    "no long absence",
    short_absences,
    "absences",
    law=("ltr.years", "ltr.absence_longest_below_months"),
)
few_months_away = counted(
    "few months away", few_absences, "absences", law=("ltr.years", "ltr.absence_total_max_months")
)
means_reach_the_amount = Derived(
    "means reach the amount",
    needs=("means_month", "dependants"),
    law=("ltr.means.month_person", "ltr.means.month_dependant"),
    compute=means_enough,
    candidates=means_edges,
).is_(True)

means_are_stable = fact("means_stable").is_(True)
no_social_assistance = fact("means_source").has_none("social_assistance")

LONG_TERM_RESIDENT = Route(
    "ltr_eu",
    holds_status=("ltr_eu",),
    conditions=(
        five_years_of_legal_stay.cite(
            "ltr_eu.years", "Dir. 2003/109 art. 4(1), 4(2); Act art. 15bis §1", "V"
        ),
        no_long_absence.cite(
            "ltr_eu.absence_longest",
            "Dir. 2003/109 art. 4(3) (shorter than six consecutive months)",
            "V",
        ),
        few_months_away.cite(
            "ltr_eu.absence_total",
            "Dir. 2003/109 art. 4(3) (not exceeding in total ten months within the five years)",
            "V",
        ),
        title_in_scope.cite(
            "ltr_eu.scope", "Dir. 2003/109 art. 3(2)(a)-(f); Act art. 15bis §1", "V"
        ),
        means_reach_the_amount.cite(
            "ltr_eu.means", "Dir. 2003/109 art. 5(1)(a); Act art. 15bis §3", "V"
        ),
        means_are_stable.cite(
            "ltr_eu.stable",
            "Dir. 2003/109 art. 5(1)(a) (stable and regular, without social assistance)",
            "V",
        ),
        no_social_assistance.cite("ltr_eu.no_assistance", "Dir. 2003/109 art. 5(1)(a)", "V"),
        insured.cite("ltr_eu.insured", "Dir. 2003/109 art. 5(1)(b)", "V"),
        (~public_order_risk).cite(
            "ltr_eu.public_order", "Dir. 2003/109 art. 6; Act art. 15bis §1", "V"
        ),
    ),
)

single_permit_5y = years_on("single_permit").cite(
    "unlimited_stay.single_permit", "Act art. 61/25-6 §4", "V"
)
blue_card_5y = years_on("blue_card").cite("unlimited_stay.blue_card", "belgium.md §2.7", "M+")
stateless_5y = years_on("stateless").cite("unlimited_stay.stateless", "belgium.md §2.7, §2.8", "V")
refugee_5y = years_after("asylum_lodged_on", "refugee").cite(
    "unlimited_stay.refugee", "Act art. 49 §1 al. 3", "V"
)
subsidiary_5y = years_after("asylum_lodged_on", "subsidiary").cite(
    "unlimited_stay.subsidiary", "Act art. 49/5 §3", "V"
)
medical_5y = years_after("application_9ter_on", "medical_9ter").cite(
    "unlimited_stay.medical", "Act art. 13 §1", "V"
)
family_5y = years_on("family_tcn", "family_eu_be").cite(
    "unlimited_stay.family", "Act art. 13, 42quinquies", "V"
)
family_filed_here_5y = years_after("family_application_be_on", "family_tcn").cite(
    "unlimited_stay.family_filed",
    "Act art. 13 §1; belgium.md §2.8 (seen for parents; taken for the other family members too, D)",
    "V",
)
protected_5y = (ruling("unlimited.tp_years_count") & years_on("tp", "tp_family")).cite(
    "unlimited_stay.protected",
    "note B2; belgium.md §2.7 (as adopted temporary protection is in no list)",
    "D",
)
limited_5y = (ruling("unlimited.limited_years_count") & years_on(*LIMITED)).cite(
    "unlimited_stay.limited", "note B6; belgium.md §2.7 (no such list as adopted)", "D"
)

a_route_of_the_law = either(
    refugee_5y,
    subsidiary_5y,
    medical_5y,
    family_5y,
    family_filed_here_5y,
    single_permit_5y,
    blue_card_5y,
    stateless_5y,
    protected_5y,
    limited_5y,
).cite("unlimited_stay.routes", "Act art. 13, 49 §1 al. 3, 49/5 §3, 61/25-6 §4", "V")

granted_to_a_minor_or_victim = title_runs("uam", "trafficking").cite(
    "unlimited_stay.granted", "Act art. 61/5, 61/14 ff.", "M+", kind="discretionary"
)
five_years_since_the_first_card = years_on(*LIMITED, count="unlimited.practice_years").cite(
    "unlimited_stay.practice",
    "belgium.md §2.7 (in practice at the earliest five years from the first card)",
    "V",
    kind="discretionary",
)

UNLIMITED_STAY = Route(
    "unlimited_stay",
    holds_status=("unlimited",),
    conditions=(
        a_route_of_the_law,
        (~public_order_risk).cite("unlimited_stay.public_order", "belgium.md §2.7", "M"),
    ),
    discretion=five_years_since_the_first_card | granted_to_a_minor_or_victim,
)
