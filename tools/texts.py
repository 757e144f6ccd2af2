"""Texts that people read: collected from code and templates, merged into the catalogues, checked and compiled.

python tools/texts.py           collect, merge and compile
python tools/texts.py --check   change nothing; end with 1 and name every text that is not done
"""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
LANGUAGES = ("nl", "fr", "de", "uk", "ru")
LAW = ROOT / "src" / "perron" / "rules" / "belgium"
KEYED = {("deadlines", "what"), ("clocks", "what")}
"""Terms have a text of their own by key."""
SITE = ROOT / "src" / "perron_site"
CORE_LOCALE = ROOT / "src" / "perron" / "messages" / "locale"
SITE_LOCALE = SITE / "web" / "locale"
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "_": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}  # fmt: skip
PLACE = re.compile(r"%\((\w+)\)s|\{(\w+)(?::\w+)?\}")
SINCE = datetime(2026, 11, 25, tzinfo=UTC)


@dataclass(frozen=True)
class Domain:
    """One set of texts with its catalogue in each language."""

    name: str
    folder: Path
    template: Catalog

    def file(self, language: str) -> Path:
        """The catalogue that people edit."""
        return self.folder / language / "LC_MESSAGES" / f"{self.name}.po"


@cache
def domains() -> tuple[Domain, ...]:
    """The texts of the core, then those of the pages."""
    return (
        Domain("perron", CORE_LOCALE, core_texts()),
        Domain("django", SITE_LOCALE, page_texts()),
    )


def core_texts() -> Catalog:
    """Every text by key, what counts as a pair; and what the tables of facts and values say in English."""
    from perron.messages.texts import texts  # noqa: PLC0415 - needs the path above
    from perron.rules.facts import facts  # noqa: PLC0415 - the same
    from perron.rules.law import called  # noqa: PLC0415 - the same

    found = Catalog()
    for text in texts().values():
        found.add(text if isinstance(text, str) else text[:2])
    for words in (*law_texts(), *called().values()):
        found.add(words)
    for fact in facts().values():
        for said in fact.sayings:
            found.add(said)
    return found


def law_texts() -> Iterator[str]:
    """What the files of the law say in English to a person: every text under a key of ``SAID``."""
    from perron.rules.belgium.filing import SAID  # noqa: PLC0415 - needs the path above

    for path in sorted([*LAW.glob("routes/*.yaml"), LAW / "procedures.yaml"]):
        yield from said_in(yaml.safe_load(path.read_text(encoding="utf-8")), SAID)


def said_in(value: Any, keys: frozenset[str], path: tuple[str, ...] = ()) -> Iterator[str]:  # noqa: ANN401 - as YAML has it
    """The texts under some keys of a file; ``path``: the keys that lead to a value."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from said_in(each, keys, (*path, key))
    elif isinstance(value, list):
        for each in value:
            yield from said_in(each, keys, path)
    elif isinstance(value, str) and path[-1] in keys and path[-2:] not in KEYED:
        yield value


def page_texts() -> Catalog:
    """Every text that is marked in the pages and in what they are made with."""
    found = Catalog()
    for path in sorted([*SITE.rglob("*.py"), *SITE.rglob("*.html"), *SITE.rglob("*.svg")]):
        for text in marked(path):
            found.add(text)
    return found


def marked(path: Path) -> Iterator[str | tuple[str, str]]:
    """The texts that a file marks; a template is read as Django reads it."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = templatized(source, path)
    for _, said, _, _ in extract("python", BytesIO(source.encode()), KEYWORDS):
        yield said if isinstance(said, str) else (said[0], said[1])


def templatized(source: str, path: Path) -> str:
    """A template as the Python that its marked texts amount to."""
    from django.conf import settings  # noqa: PLC0415 - configured here
    from django.utils.translation import templatize  # noqa: PLC0415 - the same

    if not settings.configured:
        settings.configure(USE_I18N=True)
    return str(templatize(source, origin=str(path)))


def merged(domain: Domain, language: str) -> Catalog:
    """The catalogue with new texts added, old ones gone, and every translation kept."""
    catalogue = read(domain.file(language), language)
    catalogue.update(domain.template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.creation_date = catalogue.revision_date = SINCE
    catalogue.project, catalogue.version, catalogue.fuzzy = "Perron", "0.1", False
    catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = "Perron"
    catalogue.header_comment = "# Texts of Perron. Write by meaning; official names stay official."
    return catalogue


def read(path: Path, language: str) -> Catalog:
    """The catalogue as it is, or a new one."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as people edit it, in the order of the texts."""
    out = BytesIO()
    write_po(out, catalogue, width=100, no_location=True, sort_output=True)
    return out.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The catalogue as programs read it."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def faults_of(catalogue: Catalog) -> Iterator[str]:
    """What is not done: missing, fuzzy, or with other places to fill in than the English."""
    for message in catalogue:
        if not message.id:
            continue
        english = message.id if isinstance(message.id, str) else message.id[1]
        if message.fuzzy:
            yield f"fuzzy: {english!r}"
        elif not strings(message) or not all(strings(message)):
            yield f"missing: {english!r}"
        else:
            yield from (f"{fault}: {english!r}" for fault in wrong_places(message, english))


def strings(message: Message) -> tuple[str, ...]:
    """The translations of a text, one a plural form."""
    return tuple(message.string or ()) if isinstance(message.id, tuple) else (message.string or "",)


def wrong_places(message: Message, english: str) -> Iterator[str]:
    """Places to fill in that are lost or invented; a form that counts may leave the number out."""
    wanted = places(english)
    for text in strings(message):
        lost = wanted - places(text) if isinstance(message.id, str) else set()
        invented = places(text) - wanted
        if lost or invented:
            yield f"places {sorted(lost | invented)}"


def places(text: str) -> set[str]:
    """The names of what is filled in."""
    return {one or other for one, other in PLACE.findall(text)}


def check() -> int:
    """Name everything that is not done."""
    found = []
    for domain in domains():
        for language in LANGUAGES:
            path, catalogue = domain.file(language), merged(domain, language)
            name = path.relative_to(ROOT)
            found += [f"{name}: {fault}" for fault in faults_of(catalogue)]
            if not path.exists() or path.read_bytes() != as_po(catalogue):
                found.append(f"{name}: not in step with the code; run make texts")
            compiled = path.with_suffix(".mo")
            if not compiled.exists() or compiled.read_bytes() != as_mo(catalogue):
                found.append(f"{compiled.relative_to(ROOT)}: not compiled; run make texts")
    print("\n".join(found) or "All texts are there in nl fr de en uk ru.")
    return bool(found)


def make() -> int:
    """Merge and compile every catalogue, and say how much is left to translate."""
    for domain in domains():
        for language in LANGUAGES:
            path, catalogue = domain.file(language), merged(domain, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(as_po(catalogue))
            path.with_suffix(".mo").write_bytes(as_mo(catalogue))
            left = sum(1 for _ in faults_of(catalogue))
            print(f"{path.relative_to(ROOT)}: {len(catalogue)} texts, {left} not done")
    return 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(check() if "--check" in sys.argv[1:] else make())
