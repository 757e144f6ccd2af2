"""An explanation of a plan as JSON and in words: messages with their keys, said in the reader's language."""

from typing import Any

from perron.matching.envy import Report
from perron.matching.market import Market
from perron.matching.why import Binding, Explained, Other
from perron.messages.texts import say
from perron.vocabulary.wording import Message, as_data

SHOWN = 10
"""Other homes that are told in words; JSON has all."""


def said(told: Message | None, language: str) -> dict[str, Any] | None:
    """A message as data and as text."""
    return as_data(told) | {"text": say(told, language)} if told else None


def as_answer(market: Market, told: Explained, language: str) -> dict[str, Any]:
    """One household for programs."""
    return {
        "household": market.households[told.household],
        "place": market.places[told.place] if told.place >= 0 else None,
        "why": said(told.why, language),
        "others": [other_answer(market, other, language) for other in told.others],
        "points_short": told.short,
        "change": said(told.change, language),
    }


def other_answer(market: Market, other: Other, language: str) -> dict[str, Any]:
    """One home that it does not have."""
    return {
        "place": market.places[other.place],
        "why": said(other.why, language),
        "margin": said(other.margin, language),
        "at_least": other.at_least,
        "at_most": other.at_most,
        "held_by": [market.households[i] for i in other.holds],
    }


def bands_answer(market: Market, bands: list[Binding]) -> list[dict[str, Any]]:
    """The municipalities whose band binds."""
    return [
        {
            "municipality": market.areas[band.area],
            "limit": band.limit,
            "persons": band.persons,
            "points_per_person": round(band.points, 3),
        }
        for band in bands
    ]


def envy_answer(market: Market, told: Report) -> dict[str, Any]:
    """Envy with reason, and the plan without it."""
    return {
        "households": [
            {
                "household": market.households[each.household],
                "place": market.places[each.place],
                "held_by": market.households[each.holder],
            }
            for each in told.envy
        ],
        "placed": sum(told.placed_by_tier.values()),
        "placed_by_tier": {str(tier): n for tier, n in told.placed_by_tier.items()},
        "value": told.value,
    }


def in_lines(answer: dict[str, Any]) -> list[str]:
    """One household for people."""
    head = answer["place"] or "-"
    lines = ["", f"{answer['household']} → {head}: {answer['why']['text']}."]
    for other in answer["others"][:SHOWN]:
        margin = f". {other['margin']['text']}" if other["margin"] else ""
        lines.append(f"  {other['place']}: {other['why']['text']}{margin}.")
    if len(answer["others"]) > SHOWN:
        lines.append(f"  … {len(answer['others']) - SHOWN} more: --json has all.")
    if answer["change"]:
        lines.append(f"  {answer['change']['text']}.")
    return lines
