"""Short texts: a message becomes a sentence in the reader's language; one file a room, ``TEXTS``.

A text is English with ``str.format`` placeholders. A text that counts is a tuple: singular, plural,
and the name of the parameter that counts. ``{need:need}`` says a code in words: the text with the
key ``need.<code>``; codes joined by ``;`` become a list. What a file of the law or of facts says in English
(``in_words``) is its own key. Translations are gettext catalogues whose msgid is the English text.
"""

import gettext
import pkgutil
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path

from perron.messages.days import written_out
from perron.vocabulary.wording import WORDS, Message, Param

LOCALE = Path(__file__).parent.parent / "locale"

Text = str | tuple[str, str, str]


class _Code(str):
    """A word of a parameter; a format such as ``{need:need}`` asks for it in words."""

    __slots__ = ("language",)
    language: str

    def __format__(self, prefix: str) -> str:
        """Look each code up under the prefix, or stay as it is without one."""
        if not prefix:
            return str(self)
        codes = (code for code in self.split(";") if code)
        return ", ".join(say(Message(f"{prefix}.{code}"), self.language) for code in codes)


@cache
def texts() -> Mapping[str, Text]:
    """Every English text by key; a key that two files use is a ValueError."""
    found: dict[str, Text] = {}
    for module in pkgutil.iter_modules(__path__):
        own: dict[str, Text] = import_module(f"{__name__}.{module.name}").TEXTS
        if twice := found.keys() & own.keys():
            raise ValueError(f"texts in two files: {sorted(twice)}")
        found |= own
    return found


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("perron", LOCALE, [language], fallback=True)


def _shown(value: Param, language: str) -> object:
    if isinstance(value, date):
        return written_out(value, language)
    if isinstance(value, str):
        code = _Code(value)
        code.language = language
        return code
    return value


@cache
def _plain(key: str, language: str) -> str:
    text = texts()[key]
    if isinstance(text, tuple):
        raise KeyError(text[2])
    return _catalogue(language).gettext(text).format_map({})


def say(message: Message, language: str) -> str:
    """Say it in the language (nl fr de en uk ru); what is not translated is said in English.

    Raises:
        KeyError: there is no such text, or a parameter is missing.
    """
    if not message.params and not message.key.startswith(WORDS):
        return _plain(message.key, language)
    params = dict(message.params)
    in_words = message.key.startswith(WORDS)
    text = message.key.removeprefix(WORDS) if in_words else texts()[message.key]
    catalogue = _catalogue(language)
    if isinstance(text, tuple):
        one, many, counted = text
        said = catalogue.ngettext(one, many, int(str(params[counted])))
    else:
        said = catalogue.gettext(text)
    return said.format_map({name: _shown(value, language) for name, value in params.items()})
