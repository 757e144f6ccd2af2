"""The kinds of place somebody may live in, as the choices of a form: by category of ETHOS Light, then the others."""

from collections.abc import Iterable
from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from perron.messages.texts import say
from perron.messages.texts.labels import label
from perron.vocabulary.housing import CATEGORY, HousingCategory, LivingSituation

Group = tuple[HousingCategory, tuple[LivingSituation, ...]]

GROUPS: tuple[Group, ...] = tuple(
    (category, tuple(each for each in CATEGORY if CATEGORY[each] is category))
    for category in HousingCategory
)
OTHERS = tuple(each for each in LivingSituation if each not in CATEGORY)


@cache
def situations(language: str, chosen: str) -> SafeString:
    """The choices in a language, one of them chosen: the same on every page, and dozens of times on some."""

    def options(each: Iterable[LivingSituation]) -> SafeString:
        told = (
            (one, " selected" if one == chosen else "", say(label(one), language)) for one in each
        )
        return format_html_join("", '<option value="{}"{}>{}</option>', told)

    groups = ((say(label(category), language), options(each)) for category, each in GROUPS)
    grouped = format_html_join("", '<optgroup label="{}">{}</optgroup>', groups)
    return format_html("{}{}", options(OTHERS), grouped)


def read_situation(text: str) -> LivingSituation | None:
    """What was chosen; None was not asked."""
    return LivingSituation(text) if text in set(LivingSituation) else None
