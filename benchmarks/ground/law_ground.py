# ruff: noqa: D103, E501, FBT002, PLR2004 - one condition a word, one route a line
"""Ten invented routes, told once and written for each side: ours, openfisca-core, Polars, zen-engine, NumPy by hand.

A route is a list of clauses that all must hold; a clause is a list of conditions of which one is enough.
"""

import json
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import mkdtemp

import numpy as np

from perron.rules.expressions import either
from perron.rules.moments import Moment
from perron.rules.population import months as months_from
from perron.rules.population import tallies
from perron.rules.routes import Route, Rulebook
from perron.rules.terms import Param, fact, today, years_since
from perron.vocabulary.intervals import latest_start

FIRST = date(2026, 1, 1)
END = date(2028, 3, 4)
BOOLS = (
    "health_insured", "means_stable", "housing_adequate", "minor_in_school", "passport_obtainable", "address_be",
    "resided_in_ua_before_20220224", "lived_in_eu_before_20220224", "safe_return_to_origin", "is_uam",
    "medical_certificate_clean", "criminal_record_clean_origin", "serious_illness", "unfit_to_travel",
    "fear_or_serious_harm", "exceptional_merit", "left_exploiters", "cooperates_with_justice",
    "no_nationality_evidence", "compelling_humanitarian_reason",
)  # fmt: skip
DAYS = (
    "birth_date",
    "register_entry_on",
    "tp_certificate_on",
    "asylum_lodged_on",
    "guardian_assigned_on",
)
WORDS = {
    "identity_document": ("valid_passport", "expired_passport", "identity_card", "other_official", "none"),
    "ua_permit": ("none", "temporary", "permanent"),
    "asylum_state": ("none", "pending", "suspended", "granted", "refused", "withdrawn"),
}  # fmt: skip
NUMBERS = ("means_month", "dependants", "working_days_5y")
STEPS = {
    "student.means.month": (835, 850, 870, 890, 910),
    "family.income.month_net": (2323, 2370, 2420, 2470, 2520),
    "ltr.means.month_person": (1060, 1080, 1100, 1120, 1140),
    "self_employed.means.month": (1500, 1530, 1560, 1590, 1620),
}


def b(name, wanted=True):
    return "bool", name, wanted


def c(name, years, at_least=True):
    return "clock", name, years, at_least


def m(key):
    return "amount", "means_month", key


def w(name, *words):
    return "word", name, words


def n(name, least):
    return "count", name, least


RUNS = ("end",)
PASSPORT = w("identity_document", "valid_passport", "identity_card")
ROUTES = {
    "r0": [[b("health_insured")], [PASSPORT], [m("student.means.month")], [c("birth_date", 18)], [b("address_be")], [RUNS, c("register_entry_on", 5)]],
    "r1": [[c("register_entry_on", 5)], [b("means_stable")], [m("ltr.means.month_person")], [b("health_insured")], [w("asylum_state", "none", "granted")], [b("criminal_record_clean_origin"), c("birth_date", 18, False)]],
    "r2": [[c("birth_date", 18, False)], [b("is_uam")], [c("guardian_assigned_on", 0)], [b("address_be"), b("housing_adequate")]],
    "r3": [[c("tp_certificate_on", 5), c("asylum_lodged_on", 5)], [b("health_insured")], [b("means_stable"), b("serious_illness")], [RUNS], [PASSPORT]],
    "r4": [[c("birth_date", 21)], [m("family.income.month_net")], [b("housing_adequate")], [b("health_insured")], [w("ua_permit", "permanent"), b("resided_in_ua_before_20220224")], [b("lived_in_eu_before_20220224", False)]],
    "r5": [[b("serious_illness"), b("unfit_to_travel")], [b("safe_return_to_origin", False)], [PASSPORT], [b("address_be")], [b("medical_certificate_clean", False), b("compelling_humanitarian_reason")]],
    "r6": [[b("left_exploiters")], [b("cooperates_with_justice")], [RUNS, w("asylum_state", "pending", "suspended")], [c("birth_date", 18), b("is_uam")], [b("fear_or_serious_harm")]],
    "r7": [[c("register_entry_on", 10), c("tp_certificate_on", 10)], [n("working_days_5y", 468)], [c("birth_date", 18)], [b("health_insured")], [b("no_nationality_evidence", False)], [PASSPORT], [b("exceptional_merit"), b("means_stable")]],
    "r8": [[m("self_employed.means.month")], [n("dependants", 1), b("minor_in_school")], [b("medical_certificate_clean")], [b("criminal_record_clean_origin")], [b("passport_obtainable"), PASSPORT], [b("address_be")], [RUNS]],
    "r9": [[b("minor_in_school"), b("compelling_humanitarian_reason"), b("unfit_to_travel")], [c("birth_date", 21, False), b("safe_return_to_origin", False)], [b("fear_or_serious_harm", False), w("asylum_state", "granted")], [b("housing_adequate")], [c("tp_certificate_on", 1)]],
}  # fmt: skip


def scenario():
    """The invented amounts and the end of the scheme, as a scenario of its own."""
    rows = [
        {"key": key, "value": value, "unit": "EUR/month", "valid_from": date(FIRST.year + place, 1, 1),
         "valid_to": date(FIRST.year + place, 12, 31), "status": "design", "mark": "D", "source": "invented"}
        for key, values in STEPS.items() for place, value in enumerate(values)
    ]  # fmt: skip
    rows.append({"key": "tp.valid_to", "value": END, "unit": "date", "valid_from": FIRST, "valid_to": date(2031, 1, 1),
                 "status": "design", "mark": "D", "source": "invented"})  # fmt: skip
    path = Path(mkdtemp()) / "invented.yaml"
    path.write_text(
        json.dumps({"id": "invented", "parameters": rows, "use_proposed": []}, default=str)
    )
    text = path.read_text()
    for day in {str(row[key]) for row in rows for key in ("valid_from", "valid_to")} | {str(END)}:
        text = text.replace(f'"{day}"', day)
    path.write_text(text)
    return str(path)


SCENARIO = scenario()


def condition(one):
    """A condition as ours."""
    if one == RUNS:
        return today() <= Param("tp.valid_to")
    kind, name, *rest = one
    if kind == "bool":
        return fact(name).is_(rest[0])
    if kind == "clock":
        term = years_since(name)
        return term >= rest[0] if rest[1] else term < rest[0]
    if kind == "amount":
        return fact(name) >= Param(rest[0])
    return fact(name).one_of(*rest[0]) if kind == "word" else fact(name) >= rest[0]


RULES = Rulebook(
    "invented",
    tuple(
        Route(name, tuple(either(*map(condition, clause)).cite("ltr_eu.years", "invented", "D") for clause in clauses))
        for name, clauses in ROUTES.items()
    ),
)  # fmt: skip


def people(size, unknown):
    """Columns of values and of what is known."""
    dice = np.random.default_rng(7)
    found = {name: dice.random(size) < 0.7 for name in BOOLS}
    spans = {"birth_date": (1950, 2024)}
    for name in DAYS:
        first, last = (date(year, 1, 1).toordinal() for year in spans.get(name, (2014, 2026)))
        found[name] = dice.integers(first, last, size)
    found |= {name: dice.integers(0, len(words), size) for name, words in WORDS.items()}
    found |= {"means_month": dice.integers(0, 3000, size), "dependants": dice.integers(0, 5, size),
              "working_days_5y": dice.integers(0, 1200, size)}  # fmt: skip
    return {name: (values, dice.random(size) >= unknown) for name, values in found.items()}


def columns(made):
    """The people as ours: what a file would give."""
    from perron.rules.columns import People, column_of
    from perron.rules.facts import Days

    found = {}
    for name, (values, known) in made.items():
        each, codes = np.unique(values, return_inverse=True)
        if name in BOOLS:
            distinct = [bool(one) for one in each]
        elif name in DAYS:
            distinct = [Days(*[date.fromordinal(int(one))] * 2) for one in each]
        elif name in WORDS:
            distinct = [WORDS[name][int(one)] for one in each]
        else:
            distinct = [int(one) for one in each]
        found[name] = column_of(
            name, [*distinct, None], np.where(known, codes, len(each)).astype(np.intp)
        )
    return People(len(next(iter(made.values()))[0]), found)


def ours(table, days):
    """Our counts."""
    return tallies(RULES, table, days, Moment(FIRST, SCENARIO))


def months(how_many):
    """The first days of so many months."""
    return months_from(FIRST, how_many)


def amount_on(key, day):
    return STEPS[key][day.year - FIRST.year]


def by_hand(made, days):
    """NumPy as one would write it: a plane a condition, without unknowns."""
    found = []
    for day in days:
        cuts = {years: latest_start(day, 12 * years).toordinal() for years in (0, 1, 5, 10, 18, 21)}
        for name, clauses in ROUTES.items():
            whole = None
            for clause in clauses:
                part = None
                for one in clause:
                    truth = hand(one, made, day, cuts)
                    part = truth if part is None else part | truth
                whole = part if whole is None else whole & part
            found.append((day, name, int(np.count_nonzero(whole))))
    return found


def hand(one, made, day, cuts):
    if one == RUNS:
        return np.bool_(day <= END)
    kind, name, *rest = one
    values = made[name][0]
    if kind == "bool":
        return values if rest[0] else ~values
    if kind == "clock":
        return values <= cuts[rest[0]] if rest[1] else values > cuts[rest[0]]
    if kind == "amount":
        return values >= amount_on(rest[0], day)
    if kind == "count":
        return values >= rest[0]
    codes = [WORDS[name].index(word) for word in rest[0]]
    truth = values == codes[0]
    for code in codes[1:]:
        truth = truth | (values == code)
    return truth


def same_counts(table, made, days):
    """Ours and NumPy by hand count the same (AssertionError)."""
    mine = [(each.on, each.route, each.yes) for each in ours(table, days)]
    assert mine == by_hand(made, days)


def openfisca(made, days):
    """openfisca-core: a simulation for each run, as its answers are remembered within one."""
    from openfisca_core import entities, periods, taxbenefitsystems, variables
    from openfisca_core.simulations import SimulationBuilder

    person = entities.Entity("person", "persons", "", "")
    system = taxbenefitsystems.TaxBenefitSystem([person])
    kinds = {
        **dict.fromkeys(BOOLS, bool),
        **dict.fromkeys(DAYS, int),
        **dict.fromkeys((*WORDS, *NUMBERS), int),
    }
    for name, kind in kinds.items():
        system.add_variable(type(name, (variables.Variable,), {
            "value_type": kind, "entity": person, "definition_period": periods.DateUnit.ETERNITY}))  # fmt: skip

    def formula_of(clauses):
        def formula(persons, period, _parameters):
            day = date(period.start.year, period.start.month, 1)
            cuts = {
                years: latest_start(day, 12 * years).toordinal() for years in (0, 1, 5, 10, 18, 21)
            }
            whole = None
            for clause in clauses:
                part = None
                for one in clause:
                    made_here = {} if one == RUNS else {one[1]: (persons(one[1], period), None)}
                    truth = hand(one, made_here, day, cuts)
                    part = truth if part is None else part + truth
                whole = part if whole is None else whole * part
            return whole

        return formula

    for name, clauses in ROUTES.items():
        system.add_variable(type(name, (variables.Variable,), {
            "value_type": bool, "entity": person, "definition_period": periods.DateUnit.MONTH,
            "formula": formula_of(clauses)}))  # fmt: skip
    size = len(next(iter(made.values()))[0])
    month_names = [f"{day:%Y-%m}" for day in days]

    def run():
        simulation = SimulationBuilder().build_default_simulation(system, count=size)
        for name, (values, _) in made.items():
            simulation.set_input(name, periods.period("ETERNITY"), values)
        return [
            int(simulation.calculate(name, month).sum()) for month in month_names for name in ROUTES
        ]

    assert run() == [number for _, _, number in by_hand(made, days)]
    return run


def polars(made, days):
    """Polars, lazily, with its own nulls: true and false are counted, the rest is null."""
    import polars as pl

    frame = pl.DataFrame({
        name: pl.Series(values).set(pl.Series(~known), None) for name, (values, known) in made.items()
    }).lazy()  # fmt: skip

    def expression(one, day, cuts):
        if one == RUNS:
            return pl.lit(day <= END)
        kind, name, *rest = one
        column = pl.col(name)
        if kind == "bool":
            return column if rest[0] else ~column
        if kind == "clock":
            return column <= cuts[rest[0]] if rest[1] else column > cuts[rest[0]]
        if kind == "amount":
            return column >= amount_on(rest[0], day)
        return (
            column.is_in([WORDS[name].index(word) for word in rest[0]])
            if kind == "word"
            else column >= rest[0]
        )

    counted = []
    for day in days:
        cuts = {years: latest_start(day, 12 * years).toordinal() for years in (0, 1, 5, 10, 18, 21)}
        for name, clauses in ROUTES.items():
            whole = pl.lit(True)
            for clause in clauses:
                part = expression(clause[0], day, cuts)
                for one in clause[1:]:
                    part = part | expression(one, day, cuts)
                whole = whole & part
            counted.append(whole.sum().alias(f"{name} {day} yes"))
            counted.append((~whole).sum().alias(f"{name} {day} no"))
    return lambda: frame.select(counted).collect()


def rows(made, how_many):
    """Some people as facts."""
    size = len(next(iter(made.values()))[0])
    for number in range(min(how_many, size)):
        found = {}
        for name, (values, known) in made.items():
            if known[number]:
                value = values[number]
                if name in BOOLS:
                    found[name] = bool(value)
                elif name in DAYS:
                    found[name] = date.fromordinal(int(value)).isoformat()
                elif name in WORDS:
                    found[name] = WORDS[name][int(value)]
                else:
                    found[name] = int(value)
        yield found


def one_person(made, number, _kept={}):  # noqa: B006 - remembered on purpose
    """Milliseconds for one person: all routes with reasons, and the next question."""
    from perron.rules.evaluate import answers
    from perron.rules.interview import next_question

    if id(made) not in _kept:
        _kept[id(made)] = list(rows(made, 200))
        for each in _kept[id(made)][:3]:
            answers(RULES, each, Moment(FIRST, SCENARIO))
    person = _kept[id(made)][number]
    begun = time.process_time()
    next_question(answers(RULES, person, Moment(FIRST, SCENARIO)))
    return (time.process_time() - begun) * 1000


def zen(made, how_many):
    """A side for zen-engine, which has no unknown facts: some people, one after the other; clocks are told as days."""
    import zen as engine

    def said(one):
        if one == RUNS:
            return "today <= end"
        kind, name, *rest = one
        if kind == "bool":
            return f"{name} == {str(rest[0]).lower()}"
        if kind == "clock":
            return f"{name} {'<=' if rest[1] else '>'} cut{rest[0]}"
        if kind == "amount":
            return f"{name} >= {amount_on(rest[0], FIRST)}"
        return (
            " or ".join(f"{name} == '{word}'" for word in rest[0])
            if kind == "word"
            else f"{name} >= {rest[0]}"
        )

    expressions = [
        {"id": name, "key": name, "value": " and ".join("(" + " or ".join(f"({said(o)})" for o in clause) + ")" for clause in clauses)}
        for name, clauses in ROUTES.items()
    ]  # fmt: skip
    graph = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in"},
            {
                "id": "all",
                "type": "expressionNode",
                "name": "all",
                "content": {"expressions": expressions},
            },
            {"id": "out", "type": "outputNode", "name": "out"},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "all"},
            {"id": "2", "sourceId": "all", "targetId": "out"},
        ],
    }
    decision = engine.ZenEngine().create_decision(json.dumps(graph))
    law = {f"cut{y}": latest_start(FIRST, 12 * y).toordinal() for y in (0, 1, 5, 10, 18, 21)}
    law |= {"today": FIRST.toordinal(), "end": END.toordinal()}
    asked = [
        law | {k: date.fromisoformat(v).toordinal() if k in DAYS else v for k, v in row.items()}
        for row in rows(made, how_many)
    ]

    def run():
        return [decision.evaluate(each)["result"] for each in asked]

    found = run()
    first = [int(sum(bool(each[name]) for each in found)) for name in ROUTES]
    few = {name: (values[: len(asked)], known) for name, (values, known) in made.items()}
    assert first == [number for _, _, number in by_hand(few, [FIRST])]
    return run


def dates_that_differ(cases):
    """How many random terms end on another day than dateutil says."""
    from dateutil.relativedelta import relativedelta

    dice, wrong = Random(3), 0
    for _ in range(cases):
        begun = date(1930, 1, 1) + timedelta(days=dice.randrange(40_000))
        asked = date(2022, 3, 4) + timedelta(days=dice.randrange(9_000))
        count = dice.choice((1, 6, 12, 60, 120, 216, 252))
        wrong += (begun <= latest_start(asked, count)) != (
            begun + relativedelta(months=count) <= asked
        )
    return wrong


def questions(how_many):
    """Questions until all is decided, as a share of those of a random relevant order; the verdicts are the same."""
    from perron.rules.evaluate import answers
    from perron.rules.interview import next_question
    from perron.vocabulary.verdicts import Verdict

    dice, moment = Random(5), Moment(FIRST, SCENARIO)
    asked = {"ours": 0, "random": 0}
    for truth in rows(people(how_many, 0.0), how_many):
        ends = {}
        for way in asked:
            known = {}
            while True:
                found = answers(RULES, known, moment, explained=False)
                if way == "ours":
                    question = next_question(found)
                    name = question.fact if question else None
                else:
                    open_ = sorted(
                        {
                            one
                            for each in found
                            if each.verdict is Verdict.UNKNOWN
                            for one in each.missing
                        }
                    )
                    name = dice.choice(open_) if open_ else None
                if name is None:
                    break
                known[name] = truth[name]
                asked[way] += 1
            ends[way] = [each.verdict for each in found]
        assert ends["ours"] == ends["random"]
    return asked["ours"] / asked["random"]
