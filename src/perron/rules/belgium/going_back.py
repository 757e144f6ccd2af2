"""The track of return (TPD art. 21-23): going back by choice, and staying on where that cannot be asked yet."""

from perron.rules.expressions import only_if
from perron.rules.routes import Route
from perron.rules.terms import Param, fact, today

chosen_after_information = fact("return_choice_informed").is_(True)
child_alone = fact("is_uam").is_(True)
examined = fact("uam_return_exam_done").is_(True)

VOLUNTARY_RETURN = Route(
    "voluntary_return",
    conditions=(
        chosen_after_information.cite(
            "voluntary_return.choice", "TPD art. 21(1)", "M+", kind="claimed"
        ),
        only_if(child_alone, examined).cite(
            "voluntary_return.child",
            "belgium.md §1.2 (individual examination with the guardian and the consent of the parents)",
            "V",
        ),
    ),
)

had_a_certificate = fact("tp_certificate_on").exists()
protection_is_over = fact("tp_state").one_of("withdrawn", "ended") | (
    today() > Param("tp.valid_to")
)
a_belgian_rule_is_in_force = today() >= Param("tpd22_23.rule_in_force_from")
compelling_reason = fact("compelling_humanitarian_reason").is_(True)
unfit_to_travel = fact("unfit_to_travel").is_(True)
child_at_school = fact("minor_in_school").is_(True)
school_period_runs = today() <= Param("school.period_end")

GROUNDS = (
    compelling_reason.cite("tpd22_23.compelling", "TPD art. 22(2)", "M+"),
    unfit_to_travel.cite("tpd22_23.health", "TPD art. 23(1)", "M+"),
    (child_at_school & school_period_runs).cite("tpd22_23.school", "TPD art. 23(2)", "M+"),
)
"""The reasons for which a member state may let somebody stay on; one of them is enough."""

STAY_AFTER_PROTECTION = Route(
    "tpd22_23",
    capped=True,
    holds_status=("after_tp_exception",),
    conditions=(
        (had_a_certificate & protection_is_over).cite(
            "tpd22_23.ended", "TPD art. 20, 22, 23", "M+"
        ),
        a_belgian_rule_is_in_force.cite(
            "tpd22_23.rule", "belgium.md §2.7 (no Belgian rule found)", "U"
        ),
        (GROUNDS[0] | GROUNDS[1] | GROUNDS[2]).cite(
            "tpd22_23.reason",
            "TPD art. 22(2), 23(1), 23(2) (member states may allow it)",
            "M+",
            kind="discretionary",
        ),
    ),
)
