"""Words for templates: a message, a word or a day, said in the reader's language."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from django import template
from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext

from perron.messages.days import written_out
from perron.messages.texts import say as say_in
from perron.messages.texts import texts
from perron.messages.texts.labels import label as label_of
from perron.rules.belgium.moves import Turn
from perron.rules.facts import declared, facts
from perron.vocabulary.housing import LivingSituation
from perron.vocabulary.intervals import day_in_brussels
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.verdicts import Verdict
from perron.vocabulary.wording import Message, message
from perron_site.queries.law import Scenario
from perron_site.queries.linemap import Holder, LineMap
from perron_site.queries.members import StatedFact
from perron_site.web.forms.housing import situations as situations_in
from perron_site.web.forms.inputs import spoken, word_of
from perron_site.web.forms.people import LANGUAGES
from perron_site.web.linemap import draw
from perron_site.web.practice import other_site
from perron_site.web.stations import ORG, holder_name

register = template.Library()
ADULT, OLD = 18, 65
"""Between these ages a dispatcher reads only how many; younger and older people are told by age."""

VERDICTS = {
    Verdict.YES: "open",
    Verdict.NO: "shut",
    Verdict.UNKNOWN: "unsure",
    Verdict.AUTHORITY: "human",
}


def reader() -> str:
    """The language of the reader."""
    return get_language() or "en"


@register.inclusion_tag("parts/practice.html", takes_context=True)
def practice(context: template.Context) -> dict[str, object]:
    """Mark a page of the training site; nothing on the real one."""
    return {"training": settings.TRAINING, "back": other_site(context.get("request"))}


@register.simple_tag
def practice_first() -> str:
    """Begin the title of a page of the training site with what it is."""
    return gettext("Practice") + ": " if settings.TRAINING else ""


@register.filter
def say(message: Message | None) -> str:
    """Say a message; nothing for None."""
    return say_in(message, reader()) if message else ""


@register.filter
def label(word: StrEnum | None) -> str:
    """Say a word of a closed vocabulary."""
    return say_in(label_of(word), reader()) if word else ""


@register.filter
def labels(words: Sequence[StrEnum]) -> str:
    """Say words of a closed vocabulary, one after the other."""
    return ", ".join(label(word) for word in words)


@register.simple_tag
def situations(chosen: str) -> str:
    """Offer the kinds of place somebody may live in, as options; nothing is chosen for what is none of them."""
    known = chosen if chosen in set(LivingSituation) else ""
    return situations_in(reader(), known)


@register.filter
def said(key: str) -> str:
    """Say a text by its key."""
    return say_in(Message(key), reader())


@register.filter
def own(names: Mapping[str, str]) -> str:
    """Choose the name in the reader's language."""
    return names.get(reader(), names["en"])


@register.filter
def org(kind: OrganisationKind) -> str:
    """Name the CSS class that carries the colour of a kind of organisation."""
    return f"org-{ORG[OrganisationKind(kind)]}"


@register.filter
def called(holder: Holder) -> str:
    """Name an organisation, or its kind where its name may not be told."""
    return holder_name(holder, reader())


@register.filter
def written(day: date | None) -> str:
    """Write a day out: 23 November 2026."""
    return written_out(day, reader()) if day else ""


@register.filter
def short(day: date | None) -> str:
    """Write a day short, where its year is plain: 23 Nov."""
    return date_format(day, "j M") if day else ""


@register.inclusion_tag("parts/linemap.html")
def linemap(lines: LineMap, prefix: str = "map") -> dict[str, object]:
    """Draw a line map with its text twin and its key; two on one page need two prefixes."""
    return {"map": draw(lines, reader(), prefix)}


@register.filter
def late(days_left: int) -> int:
    """Count the days since a term passed."""
    return -days_left


@register.filter
def verdict_class(verdict: Verdict) -> str:
    """Name the CSS class that draws a verdict as a stop."""
    return VERDICTS[Verdict(verdict)]


@register.filter
def party(ages: Sequence[int | None]) -> str:
    """Say who they are by age: 2 adults, 71, 9 and 1 years."""
    adults = sum(1 for years in ages if years is not None and ADULT <= years < OLD)
    told = sorted((y for y in ages if y is not None and not ADULT <= y < OLD), reverse=True)
    unknown = sum(1 for years in ages if years is None)
    parts = []
    if adults:
        parts.append(ngettext("%(count)s adult", "%(count)s adults", adults) % {"count": adults})
    if told:
        years = ", ".join(str(each) for each in told)
        parts.append(ngettext("%(ages)s year", "%(ages)s years", told[-1]) % {"ages": years})
    if unknown:
        text = ngettext("%(count)s of unknown age", "%(count)s of unknown age", unknown)
        parts.append(text % {"count": unknown})
    return ", ".join(parts)


@register.filter
def ago(moment: datetime | None, now: datetime) -> str:
    """Say when somebody confirmed something: 13:05, yesterday, 3 days ago, or that nobody did."""
    if moment is None:
        return gettext("never")
    days = (day_in_brussels(now) - day_in_brussels(moment)).days
    if days <= 0:
        return date_format(localtime(moment), "H:i")
    if days == 1:
        return gettext("yesterday")
    return ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}


@register.filter
def term(days_left: int) -> str:
    """Say how far a day is away: in 3 days, today, 2 days late."""
    if days_left == 0:
        return gettext("today")
    if days_left > 0:
        return ngettext("in %(days)s day", "in %(days)s days", days_left) % {"days": days_left}
    late_by = -days_left
    return ngettext("%(days)s day late", "%(days)s days late", late_by) % {"days": late_by}


@register.filter
def column(name: str) -> str:
    """Name a column of a file."""
    return say_in(message(f"column.{name}"), reader())


@register.filter
def plainly(value: object) -> str:
    """Write a value of a file: nothing, a list of words, or what it is."""
    if value is None or value in ("", (), frozenset()):
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, date):
        return written(value)
    if isinstance(value, Message):
        return say(value)
    if isinstance(value, tuple | frozenset):
        return ", ".join(sorted(plainly(each) for each in value))
    return label(value) if isinstance(value, StrEnum) else str(value)


@register.filter
def in_tongue(names: Mapping[str, str]) -> str:
    """Say a name that a file has in every language."""
    return names[reader()]


@register.filter
def tongue(code: str) -> str:
    """Name a language that somebody speaks."""
    return str(dict(LANGUAGES).get(code, code))


@register.filter
def fact_label(name: str) -> str:
    """Name a fact that a person stated; one without a short name by its question."""
    key = f"fact.{name}"
    return say_in(message(key), reader()) if key in texts() else question(name)


@register.filter
def question(name: str) -> str:
    """Ask for a fact in the reader's language."""
    asked: dict[str, str] = declared()[name]["question"] if name in declared() else {}
    return asked.get(reader(), asked.get("en", name))


@register.filter
def fact_value(value: object) -> str:
    """Say what was stated: yes, no, a day as it is known, or a word."""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    key = f"fact_value.{value}"
    return say_in(message(key), reader()) if key in texts() else str(value)


@register.filter
def fact_said(fact: StatedFact) -> str:
    """Say what a person stated of any fact."""
    if fact.name not in facts():
        return fact_value(fact.value)
    return "; ".join(spoken(facts()[fact.name], fact.value))


@register.filter
def status_name(title: str) -> str:
    """Name a residence title."""
    return word_of(facts()["stay_periods"].fields["title"], title)


@register.filter
def turn(change: Turn) -> str:
    """Say how a right changes."""
    return say_in(message(f"turn.{change}"), reader())


@register.filter
def verdict_word(verdict: Verdict) -> str:
    """Say an answer of the law in a word."""
    return say_in(message(f"options.{verdict}"), reader())


@register.filter
def course(scenario: str, scenarios: Sequence[Scenario]) -> str:
    """Name a course of the law."""
    return next(own(each.names) for each in scenarios if each.id == scenario)


@register.filter
def points(part: str | tuple[str, ...]) -> bool:
    """Whether a part of a letter is a list of points."""
    return isinstance(part, tuple)


@register.filter
def numbers(tracks: Sequence[tuple[int, str]]) -> str:
    """Join the numbers of lines that stand alike, as one value of a form."""
    return ",".join(str(number) for number, _ in tracks)


@register.filter
def names(tracks: Sequence[tuple[int, str]]) -> str:
    """Join the names of people whose lines stand alike."""
    return ", ".join(name for _, name in tracks)
