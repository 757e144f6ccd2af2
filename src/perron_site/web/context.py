"""What every page shows around its content: the desk, its rooms, the languages."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext_lazy

from perron.messages.texts import say
from perron.messages.texts.labels import label
from perron.vocabulary.acting import Acting
from perron.vocabulary.organisations import Role
from perron_site.queries.demonstration import invented
from perron_site.queries.inbox import waiting_for
from perron_site.web.access import Rule, rule_of

ROOMS = {
    "arrivals": gettext_lazy("Arrivals"),
    "tonight": gettext_lazy("Tonight"),
    "places": gettext_lazy("Places"),
    "my_people": gettext_lazy("My people"),
    "inbox": gettext_lazy("Inbox"),
    "net": gettext_lazy("The net"),
    "glass": gettext_lazy("Break the glass"),
    "law_desk": gettext_lazy("Law desk"),
}
FIRST_ROOM = {
    Role.REGISTRAR: "arrivals",
    Role.DISPATCHER: "tonight",
    Role.HOUSING_OFFICER: "places",
    Role.CASE_WORKER: "my_people",
    Role.COORDINATOR: "net",
    Role.SUPERVISOR: "glass",
    Role.LAWYER: "law_desk",
}
IN_ROOM = {
    "register_household": "arrivals",
    "slip": "arrivals",
    "ask_holder": "arrivals",
    "question": "inbox",
    "files": "arrivals",
    "file": "arrivals",
    "paper": "arrivals",
    "queue": "arrivals",
    "ticket": "arrivals",
    "appointments": "arrivals",
    "hosts": "places",
    "host": "places",
    "household": "my_people",
    "ahead": "my_people",
    "offer": "my_people",
    "late_answer": "net",
    "offer_many": "my_people",
    "correct_contact": "my_people",
    "away": "inbox",
    "give_link": "my_people",
    "correct_person": "my_people",
    "options": "my_people",
    "options_letter": "my_people",
    "person_file": "my_people",
    "representation": "my_people",
    "erasures": "net",
    "glass_report": "net",
    "opened": "glass",
    "enter_law_change": "law_desk",
    "law_change": "law_desk",
}
"""Pages without a stop of their own on the line of rooms, and the room they lie in."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language as the header offers it, in its own letters."""

    code: str
    short: str
    name: str


TONGUES = (
    Tongue("nl", "NL", "Nederlands"),
    Tongue("fr", "FR", "Français"),
    Tongue("de", "DE", "Deutsch"),
    Tongue("en", "EN", "English"),
    Tongue("uk", "УКР", "Українська"),
    Tongue("ru", "РУС", "Русский"),
)


@dataclass(frozen=True, slots=True)
class Room:
    """A stop on the line of rooms."""

    address: str
    label: str
    here: bool
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """For whom the reader acts, in words."""

    organisation: str
    role: str
    several: bool


@cache
def rule_of_room(name: str) -> Rule | None:
    """The rule of the page with this name; None when there is no such page."""
    try:
        return rule_of(resolve(reverse(name)).func)
    except NoReverseMatch:
        return None


def rooms(by: Acting, here: str, waiting: int) -> tuple[Room, ...]:
    """The rooms that this role may open, with the one where the reader is, and how much waits in the inbox."""
    open_to = [name for name in ROOMS if (rule := rule_of_room(name)) and by.role in rule.roles]
    return tuple(
        Room(
            reverse(name),
            str(ROOMS[name]),
            here=IN_ROOM.get(here, here) == name,
            waiting=waiting if name == "inbox" else 0,
        )
        for name in open_to
    )


def asked_from(request: HttpRequest) -> str:
    """Where the reader goes on in another language: this page, or the one whose form was sent."""
    if request.method == "GET":
        return request.get_full_path()
    return request.headers.get("Referer", "")


def shell(request: HttpRequest) -> dict[str, object]:
    """The context of base.html."""
    language = get_language() or "en"
    row = request.__dict__.get("membership")
    match, by = request.resolver_match, request.__dict__.get("acting")
    here = match.url_name or "" if match else ""
    waiting, demonstration = waiting_for(by) if by else (0, SimpleLazyObject(invented))
    desk = row and Desk(
        organisation=row.name,
        role=say(label(row.role), language),
        several=len(request.__dict__["memberships"]) > 1,
    )
    return {
        "desk": desk,
        "rooms": rooms(by, here, waiting) if by else (),
        "tongues": TONGUES,
        "language": language,
        "here": asked_from(request),
        "demonstration": demonstration,
        "source_code": settings.SOURCE_CODE,
    }
