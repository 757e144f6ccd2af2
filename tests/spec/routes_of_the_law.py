"""The cases of the routes, as a lawyer reads them in routes/*.yaml, and how one is answered."""

from dataclasses import replace
from pathlib import Path

import yaml

from perron.rules.belgium.rulebook import belgium
from perron.rules.earliest import earliest
from perron.rules.evaluate import answer
from perron.rules.facts import stated
from perron.rules.law import UNCHANGED, Changes, parameter
from perron.rules.moments import Moment
from perron.vocabulary.verdicts import LawStatus

FOLDER = Path(__file__).parent / "routes"
RULEBOOK = belgium(safe_return=True)
ROUTES = {route.id: route for route in RULEBOOK.routes}
CASES = [
    (route, case)
    for path in sorted(FOLDER.glob("*.yaml"))
    for route, cases in yaml.safe_load(path.read_text("utf-8")).items()
    for case in cases
]


def named(value):
    """Days as a person file gives them."""
    if isinstance(value, dict):
        return {name: named(one) for name, one in value.items()}
    if isinstance(value, list):
        return [named(one) for one in value]
    return str(value) if hasattr(value, "isoformat") else value


def asked(route, case):
    """The answer of a route, as it is or as a test changed it."""
    known = stated(named(case["facts"]))
    moment = Moment(case["day"], case.get("scenario", "adopted"))
    return answer(route, known, moment, RULEBOOK), earliest(route, known, moment)


def verdict(route, case):
    """The verdict alone; ``entered``: what the law desk is taken to have entered since."""
    known = stated(named(case["facts"]))
    rows = tuple(
        replace(parameter(key, case["day"]), value=value, status=LawStatus.ADOPTED)
        for key, value in case.get("entered", {}).items()
    )
    changes = Changes(rows) if rows else UNCHANGED
    moment = Moment(case["day"], case.get("scenario", "adopted"), changes=changes)
    return answer(route, known, moment, RULEBOOK, explained=False).verdict


def conditions(finding):
    """The conditions that are named, met or not."""
    return {
        dict(one.message.params).get("condition", one.message.key.removeprefix("rule."))
        for one in (*finding.because, *finding.against)
    }
