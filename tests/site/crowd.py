"""Invented people with alike names, and fifty of them written in four other ways: tests/spec/names.yaml."""

from functools import cache
from pathlib import Path
from random import Random

import yaml

from perron.vocabulary.spelling import coarse, plain

FILE = Path(__file__).resolve().parents[1] / "spec" / "names.yaml"
NEAR = 20
"""So many people share the given name of each of the fifty, and so many the family name."""
ARTICLES = ("", "", "Al ", "El ", "Al-", "Ben ")


@cache
def table():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def fifty():
    """The names as they are stored, and how each is written elsewhere."""
    return [(tuple(row["stored"]), tuple(row["written"])) for row in table()["people"]]


@cache
def sounds(name):
    return frozenset(coarse(plain(name)).split())


def crowd(count, seed=1):
    """So many given and family names; some near to the fifty, no namesake of one of them."""
    dice, parts = Random(seed), table()["crowd"]
    family = [
        stem + ending
        for stem in parts["stems"]
        for ending in dice.sample(parts["endings"], len(parts["endings"]) // 2)
    ]

    def another():
        if dice.random() < 3 / 4:
            return dice.choice(family)
        return dice.choice(ARTICLES) + dice.choice(parts["arabic"])

    def everybody():
        for stored, _ in fifty() * NEAR:
            yield stored[0], another()
            yield dice.choice(parts["given"]), stored[1]
        while True:
            yield dice.choice(parts["given"]), another()

    namesakes = {sounds(stored[0]) | sounds(stored[1]) for stored, _ in fifty()}
    found = (each for each in everybody() if sounds(each[0]) | sounds(each[1]) not in namesakes)
    return [name for name, _ in zip(found, range(count), strict=False)]
