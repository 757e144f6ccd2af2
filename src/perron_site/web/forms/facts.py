"""The facts that the table of temporary protection asks, as fields of a form."""

from dataclasses import dataclass

from django.utils.translation import get_language

from perron.rules.facts import declared
from perron.vocabulary.errors import Refused
from perron.vocabulary.intervals import PartialDate

NAMES = (
    "resided_in_ua_before_20220224", "left_ua_on", "absence_reason_20220224", "ua_protection", "ua_permit",
    "safe_return_to_origin", "lived_in_eu_before_20220224", "permit_other_ms",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """One fact: what is asked and which answers there are; no answers means a date."""

    name: str
    values: tuple[str, ...]

    @property
    def text(self) -> str:
        """The question in the reader's language."""
        asked: dict[str, str] = declared()[self.name]["question"]
        return asked.get(get_language() or "en", asked["en"])


def question(name: str) -> Question:
    """How a fact is asked."""
    fact = declared()[name]
    if fact["type"] == "bool":
        return Question(name, ("yes", "no"))
    return Question(name, tuple(fact.get("values", ())))


ASKED = {name: question(name) for name in NAMES}


def read_fact(name: str, text: str) -> object | None:
    """The value of an answer; None when it was left open (Refused for a date that is none)."""
    text = text.strip()
    if not text:
        return None
    if ASKED[name].values == ("yes", "no"):
        return {"yes": True, "no": False}.get(text)
    if ASKED[name].values:
        return text if text in ASKED[name].values else None
    try:
        return str(PartialDate.parse(text))
    except ValueError as wrong:
        raise Refused("fact.not_a_date") from wrong
