"""Return: voluntary, after information, and for a child alone only after an examination."""

from perron.rules.expressions import only_if
from perron.rules.routes import Route
from perron.rules.terms import fact

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
            "info-ukraine.be (individual examination with the guardian and the parents' consent)",
            "V",
        ),
    ),
)
