"""Children alone: the durable solution for an unaccompanied minor."""

from perron.rules.belgium.conditions import minor
from perron.rules.routes import Route
from perron.rules.terms import fact

alone = fact("is_uam").is_(True)
guardian = fact("guardian_assigned_on").exists()
other_procedure = fact("other_procedure_running").is_(True)

UNACCOMPANIED_MINOR = Route(
    "uam_durable_solution",
    capped=True,
    holds_status=("uam",),
    conditions=(
        minor.cite("uam_durable_solution.minor", "Act art. 61/14", "M+"),
        alone.cite(
            "uam_durable_solution.alone",
            "Programme Act 24-12-2002 (Guardianship Act)",
            "V",
        ),
        guardian.cite("uam_durable_solution.guardian", "Act art. 61/15", "M+"),
        (~other_procedure).cite("uam_durable_solution.no_other", "belgium.md §2.7", "M"),
    ),
)
