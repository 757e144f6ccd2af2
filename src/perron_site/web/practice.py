"""What the training site says of itself on every page and in every file, and the way to the other site and back."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from perron.files.table import Cell
from perron.messages.texts import say
from perron.vocabulary.wording import message

PREFIX = "training-"
FILE = re.compile(r'filename="(?!training-)')
PATIENCE = 1.0
"""Seconds in which the other site, on the same machine, answers."""
SAYS = "Perron-Site"


class MarkMiddleware:
    """Says in every answer of the training site, and in the name of every file, that it is one of training."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Name the site, and change the name under which the browser keeps a file."""
        answer = self.get_response(request)
        if settings.TRAINING:
            answer[SAYS] = "training"
            if given := answer.get("Content-Disposition"):
                answer["Content-Disposition"] = FILE.sub(f'filename="{PREFIX}', given)
        return answer


def mark() -> str:
    """What a file of the training site says of itself, in the reader's language; empty on the real site."""
    said = say(message("training.mark"), get_language() or "en")
    return said if settings.TRAINING else ""


def marked(
    header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> tuple[Sequence[str], Iterator[Sequence[Cell]]]:
    """A table; on the training site with a column in front that says so in each row, wherever it is pasted."""
    if not settings.TRAINING:
        return header, iter(rows)
    said = mark()
    return [said, *header], ([said, *row] for row in rows)


def other_site(request: HttpRequest | None) -> str:
    """The address of the site beside this one, real or training; empty when there is none that is known."""
    if settings.BESIDE_ADDRESS or not settings.BESIDE or request is None:
        return str(settings.BESIDE_ADDRESS)
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    name = f"[{host}]" if ":" in host else host
    return f"{request.scheme}://{name}:{settings.BESIDE.rpartition(':')[2]}/"


def training_address(request: HttpRequest) -> str:
    """The training site beside this real one, if it runs at this moment and says that it is one."""
    if settings.TRAINING or not settings.BESIDE:
        return ""
    address = other_site(request)
    headers = {"Host": urlsplit(address).netloc, "X-Forwarded-Proto": "https"}
    link = HTTPConnection(settings.BESIDE, timeout=PATIENCE)
    with suppress(HTTPException, OSError), closing(link):
        link.request("HEAD", reverse("robots"), headers=headers)
        return address if link.getresponse().headers[SAYS] == "training" else ""
    return ""
