"""Invented people with any of the facts of facts.yaml, some known in part. Nothing about them is law."""

from datetime import date, timedelta

from perron.rules.facts import DATES, NONE, NUMBERS, facts

AMOUNTS = (0, 500, 803, 1038, 1384, 2323, 2534, 3000, 4748, 53220, 66738)
COUNTS = {
    "extra_family_members": (0, 1, 2),
    "dependants": (0, 1, 3),
    "working_days_5y": (0, 467, 468),
    "self_employed_quarters_5y": (5, 6),
    "ict_experience_years": (0, 3, 5.5),
}
TITLES = (
    *("tp", "tp_family", "asylum_applicant", "refugee", "subsidiary", "single_permit", "blue_card", "student"),
    *("search_year", "family_tcn", "humanitarian_9bis", "medical_9ter", "stateless", "unlimited", "short_stay"),
    *("ltr_eu", "uam", "trafficking", "medical_9ter_pending", "other_limited"),
)  # fmt: skip
COUNTRIES = ("UA", "AF", "MD")
BEGIN = date(2015, 1, 1)


def day(dice):
    return BEGIN + timedelta(days=dice.randrange(4400))


def partial(dice, found):
    return dice.choice((f"{found:%Y}", f"{found:%Y-%m}", found.isoformat(), found.isoformat()))


def value(dice, fact):
    """A value of a fact, or of a field of one."""
    if fact.may_be_none and fact.kind not in {"record", "list"} and dice.random() < 0.2:
        return NONE
    if fact.kind == "record":
        return NONE if dice.random() < 0.2 else fields(dice, fact)
    return items(dice, fact) if fact.kind == "list" else single(dice, fact)


def single(dice, fact):
    """A yes or no, a word, a day, a number."""
    if fact.kind in NUMBERS:
        return dice.choice(COUNTS.get(fact.name, AMOUNTS))
    if fact.kind in DATES:
        found = day(dice)
        return partial(dice, found) if fact.kind == "partial_date" else found.isoformat()
    return dice.choice(fact.values) if fact.kind == "enum" else dice.random() < 0.6


def items(dice, fact):
    """A list of words or of records; seldom empty."""
    if fact.name == "stay_periods":
        return periods(dice)
    many = dice.choice((0, 1, 1, 2))
    if fact.records:
        return [fields(dice, fact) for _ in range(many)]
    return dice.sample(fact.values or COUNTRIES, many)


def fields(dice, fact, known=0.85):
    return {
        name: value(dice, inner) for name, inner in fact.fields.items() if dice.random() < known
    }


def periods(dice):
    """Periods one after the other, sometimes with a gap, the last of them often still running."""
    found, first = [], BEGIN + timedelta(days=dice.randrange(3600))
    for _ in range(dice.choice((0, 1, 1, 2, 3))):
        last = first + timedelta(days=dice.randrange(30, 2600))
        to = NONE if dice.random() < 0.4 else last.isoformat()
        found.append(
            {"title": dice.choice(TITLES), "from": first.isoformat(), "to": to, "card": "A"}
        )
        if to == NONE:
            break
        first = last + timedelta(days=dice.choice((1, 1, 1, 2, 90)))
    return found


def anybody(dice, known=0.7):
    """A person of whom each fact is known with this likelihood."""
    return {name: value(dice, fact) for name, fact in facts().items() if dice.random() < known}
