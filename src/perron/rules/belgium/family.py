"""Family: to join somebody with temporary protection, with another stay, an EU citizen or a Belgian.

All conditions of a route are about one and the same family member, the sponsor.
"""

from collections.abc import Mapping
from typing import Any

from perron.rules.belgium.conditions import identity_document, insured, within_months
from perron.rules.expressions import World, either, every, only_if
from perron.rules.moments import Moment
from perron.rules.routes import Route
from perron.rules.terms import Derived, Param, fact, months_since, ruling, today, years_since

LINKS = "family_links"
INCOME, EXTRA = f"{LINKS}.sponsor_income_month", "extra_family_members"
BASE, EACH = "family.income.month_net", "family.income.per_extra_member"
PARTNERS = ("spouse", "equal_partner", "registered_partner")
CORE = (*PARTNERS, "minor_child", "disabled_adult_child")
RELATIVES = (
    "dependent_relative", "dependent_ascendant", "disabled_adult_child", "child_under_21_or_dependent",
    "parent_of_minor",
)  # fmt: skip
"""Other close relatives; that they lived together and depended is asked beside it."""

REUNION = "Act 18-07-2025"
MEANS = f"Act art. 10 §2 and §5 (home and insurance by §2: V; income by §5); {REUNION}; belgium.md §2.12"


def income_enough(world: World, moment: Moment) -> bool | None:
    """Whether the sponsor's income reaches the amount, with so much more for each further family member."""
    base, each = moment.value(BASE), moment.value(EACH)
    if base is None or (each is None and world[EXTRA]):
        return None
    return bool(world[INCOME] >= base + (each or 0) * world[EXTRA])


def income_edges(name: str, known: Mapping[str, Any], moment: Moment) -> list[float]:
    """The incomes, or numbers of family members, at which the income begins or ceases to be enough."""
    base, each = moment.value(BASE), moment.value(EACH)
    if base is None or not each:
        return [base] if base and name == INCOME else [1]
    if name == INCOME:
        extra = known.get(EXTRA)
        return [base + each * n for n in (range(3) if extra is None else [extra])]
    income = known.get(INCOME)
    return [1, 2] if income is None else [max(0, int((income - base) // each) + 1)]


def kind(*kinds: str) -> Any:  # noqa: ANN401 - a condition
    """What the person is to the sponsor."""
    return fact(f"{LINKS}.kind").one_of(*kinds)


def sponsor_has(*titles: str) -> Any:  # noqa: ANN401 - a condition
    """The title of the sponsor."""
    return fact(f"{LINKS}.sponsor_title").one_of(*titles)


def sponsor_is(*groups: str) -> Any:  # noqa: ANN401 - a condition
    """The citizenship of the sponsor."""
    return fact(f"{LINKS}.sponsor_group").one_of(*groups)


def so(name: str) -> Any:  # noqa: ANN401 - a condition
    """It is so of this family member."""
    return fact(f"{LINKS}.{name}").is_(True)


stayed = months_since(f"{LINKS}.sponsor_stay_from")
both_old_enough = (years_since("birth_date") >= Param("family.min_age")) & (
    years_since(f"{LINKS}.sponsor_birth_date") >= Param("family.min_age")
)
income_reaches_the_amount = Derived(
    "income of the sponsor reaches the amount",
    needs=(INCOME, EXTRA),
    law=(BASE, EACH),
    compute=income_enough,
    candidates=income_edges,
).is_(True)
home_is_adequate = fact("housing_adequate").is_(True)
lived_in_ukraine = fact("resided_in_ua_before_20220224").is_(True)
scheme_runs = today() <= Param("tp.valid_to")
family_of_a_refugee_in_time = every(
    sponsor_has("refugee"),
    within_months(f"{LINKS}.sponsor_stay_from", "family.refugee_window_months"),
    so("existed_before_sponsor_entry"),
)

joins_a_child_freely = kind("parent_of_minor") & ruling("family.parent_of_minor_freed")

PROTECTED_FAMILY = Route(
    "tp_family",
    of_one=LINKS,
    holds_status=("tp_family",),
    conditions=(
        kind("spouse", "minor_child", *RELATIVES).cite("tp_family.kind", "Act art. 57/34", "V"),
        sponsor_has("tp").cite("tp_family.sponsor", "Act art. 57/34", "V"),
        identity_document.cite("tp_family.identity", "Act art. 57/34", "V"),
        only_if(kind(*RELATIVES), so("cohabiting_on_20220224")).cite(
            "tp_family.together", "Act art. 57/34", "V"
        ),
        only_if(kind(*RELATIVES), so("dependent_on_20220224")).cite(
            "tp_family.dependent", "Act art. 57/34", "V", kind="claimed"
        ),
        only_if(kind(*RELATIVES), lived_in_ukraine).cite(
            "tp_family.lived_in_ukraine", "Act art. 57/34; belgium.md §2.4", "V"
        ),
        scheme_runs.cite("tp_family.runs", "TPD art. 4, 6, 15", "D"),
    ),
)

JOINING_UNLIMITED = Route(
    "family_tcn_unlimited",
    of_one=LINKS,
    holds_status=("family_tcn",),
    conditions=(
        kind(*CORE).cite("family_tcn_unlimited.kind", "Act art. 10 §1", "M+"),
        sponsor_has("unlimited", "settled", "ltr_eu", "refugee").cite(
            "family_tcn_unlimited.sponsor", "Act art. 10 §1", "M+"
        ),
        only_if(kind(*PARTNERS), both_old_enough).cite("family_tcn_unlimited.age", REUNION, "P"),
        either(
            family_of_a_refugee_in_time.cite(
                "family_tcn_unlimited.refugee", f"{REUNION} (belgium.md §2.12)", "P"
            ),
            every(income_reaches_the_amount, home_is_adequate, insured).cite(
                "family_tcn_unlimited.means",
                MEANS,
                "P",
            ),
        ).cite(
            "family_tcn_unlimited.means_or_refugee",
            MEANS,
            "P",
        ),
        either(
            stayed >= Param("family.art10_sponsor_months"),
            family_of_a_refugee_in_time & ruling("family.window_frees_from_wait"),
        ).cite("family_tcn_unlimited.wait", "Act art. 10 §1", "M+"),
    ),
)

JOINING_LIMITED = Route(
    "family_tcn_limited",
    of_one=LINKS,
    holds_status=("family_tcn",),
    conditions=(
        sponsor_has("student", "single_permit", "blue_card", "subsidiary", "tp").cite(
            "family_tcn_limited.sponsor", "Act art. 10bis", "V"
        ),
        kind(*CORE).cite("family_tcn_limited.kind", "Act art. 10bis", "M+"),
        only_if(
            sponsor_has("subsidiary", "tp"), stayed >= Param("family.tp_sponsor_wait_months")
        ).cite("family_tcn_limited.wait", f"Act art. 10bis as changed by {REUNION}", "P"),
        only_if(sponsor_has("subsidiary", "tp"), so("existed_before_sponsor_entry")).cite(
            "family_tcn_limited.existed", REUNION, "P"
        ),
        only_if(kind(*PARTNERS), both_old_enough).cite("family_tcn_limited.age", REUNION, "P"),
        income_reaches_the_amount.cite(
            "family_tcn_limited.income", f"Act art. 10bis; {REUNION}", "P"
        ),
        home_is_adequate.cite("family_tcn_limited.home", "Act art. 10bis", "P"),
        insured.cite("family_tcn_limited.insured", "Act art. 10bis", "M+"),
    ),
)

JOINING_EU_OR_BELGIAN = Route(
    "family_eu_be",
    of_one=LINKS,
    holds_status=("family_eu_be",),
    conditions=(
        sponsor_is("belgian", "belgian_mobile", "eu_citizen").cite(
            "family_eu_be.sponsor", "Act art. 40bis, 40ter", "M+"
        ),
        kind(
            "spouse", "registered_partner", "minor_child", "child_under_21_or_dependent",
            "dependent_ascendant", "parent_of_minor",
        ).cite("family_eu_be.kind", "Act art. 40bis §2, 40ter", "M+"),
        only_if(kind("dependent_ascendant"), sponsor_is("eu_citizen", "belgian_mobile")).cite(
            "family_eu_be.ascendant", "Act art. 40bis", "M+"
        ),
        only_if(sponsor_is("belgian"), income_reaches_the_amount | joins_a_child_freely).cite(
            "family_eu_be.income", f"Act art. 40ter; {REUNION}", "P"
        ),
        only_if(sponsor_is("belgian") & kind(*PARTNERS), both_old_enough).cite(
            "family_eu_be.age", f"Act art. 40ter; {REUNION}", "P"
        ),
    ),
)  # fmt: skip
