"""The lists of a desk as a file, for the hour in which the power fails."""

import os
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from perron.vocabulary.acting import Acting
from perron.vocabulary.events import Event
from perron_site.queries.paper import paper
from perron_site.records.journal import record
from perron_site.records.settling import act

FOLDED, OWN = 0o700, 0o600


@act
def write_paper(by: Acting, *, folder: Path, language: str) -> Path:
    """Write the lists of the organisation that is acting, whole or not at all; the file, which only its owner reads."""
    told = paper(by)
    with translation.override(language):
        page = render_to_string("paper_file.html", {"paper": told, "language": language})
    folder.mkdir(mode=FOLDED, parents=True, exist_ok=True)
    name = f"training-{by.organisation}" if settings.TRAINING else str(by.organisation)
    file, part = folder / f"{name}.html", folder / f".{name}.part"
    with os.fdopen(
        os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWN), "w", encoding="utf-8"
    ) as out:
        out.write(page)
    part.replace(file)
    record(by, Event.PAPER_WRITTEN, households=told.households)
    return file


def forget_paper(folder: Path, kept: set[Path]) -> int:
    """Delete the files of desks that there are no more; how many."""
    past = [file for file in folder.glob("*.html") if file not in kept]
    for file in past:
        file.unlink()
    return len(past)
