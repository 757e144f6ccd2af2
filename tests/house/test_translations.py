"""Every text is there in six languages, in the script and in the words of its language."""

import re
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import texts as tool  # noqa: E402 - beside the project's packages

ALL = [(domain.name, language) for domain in tool.domains() for language in tool.LANGUAGES]
CYRILLIC = re.compile("[\u0400-\u04ff]")
FOREIGN = {"uk": re.compile("[ыэъёЫЭЪЁ]"), "ru": re.compile("[іїєґІЇЄҐ]")}
WORDS = {
    "nl": "de het een is niet van u op en voor niemand nog geen wordt dit er",
    "fr": "le la les un une est pas de vous et pour du ce aucun ne à qui",
    "de": "der die das ein eine ist nicht von sie und für noch kein wird zu",
    "uk": "не на і у в за до що це є для про ви з ще немає та як від",
    "ru": "не на и в за до что это для о вы с ещё нет как от по к",
}
ENGLISH = {"the", "not", "you", "and", "this", "that", "are", "with", "which", "has", "your"}


def catalogue(name, language):
    domain = next(each for each in tool.domains() if each.name == name)
    return tool.merged(domain, language)


def translations(found):
    for message in found:
        if message.id:
            for text in tool.strings(message):
                yield message, text


def words(text):
    plain = tool.PLACE.sub(" ", text)
    return re.findall(r"[^\W\d_]+", plain.lower())


def test_nothing_is_missing_fuzzy_out_of_step_or_uncompiled(capsys):
    assert tool.check() == 0, capsys.readouterr().out


@pytest.mark.parametrize(("name", "language"), ALL)
def test_each_text_is_in_the_script_of_its_language(name, language):
    assert wrong_script(catalogue(name, language), language) == []


def wrong_script(found, language):
    wrong = []
    for _, text in translations(found):
        cyrillic = bool(CYRILLIC.search(text))
        long_enough = sum(len(word) for word in words(text)) > 12
        if language in FOREIGN and (
            FOREIGN[language].search(text) or (long_enough and not cyrillic)
        ):
            wrong.append(text)
        if language not in FOREIGN and cyrillic:
            wrong.append(text)
    return wrong


@pytest.mark.parametrize(("name", "language"), ALL)
def test_each_text_is_in_the_words_of_its_language(name, language):
    found = catalogue(name, language)
    assert still_english(found) == []
    long_ones = [words(text) for _, text in translations(found) if len(words(text)) >= 6]
    spoken = sum(1 for each in long_ones if set(WORDS[language].split()) & set(each))
    assert spoken / len(long_ones) > 0.8


def still_english(found):
    return [
        text
        for message, text in translations(found)
        if len(words(text)) >= 3
        and (text in ((message.id,) if isinstance(message.id, str) else message.id)
             or len(ENGLISH & set(words(text))) >= 2)
    ]  # fmt: skip


def planted(**texts):
    found = Catalog(locale="uk")
    for english, said in texts.items():
        found.add(english, said)
    return found


def test_each_planted_fault_is_caught():
    missing = Catalog(locale="uk")
    missing.add("Sign in now, {name}", "")
    assert list(tool.faults_of(missing)) == ["missing: 'Sign in now, {name}'"]
    fuzzy = Catalog(locale="uk")
    fuzzy.add("Sign in", "Увійти", flags=["fuzzy"])
    assert list(tool.faults_of(fuzzy)) == ["fuzzy: 'Sign in'"]
    lost = Catalog(locale="uk")
    lost.add("Good day, {name}", "Добрий день, {nome}")
    assert list(tool.faults_of(lost)) == ["places ['name', 'nome']: 'Good day, {name}'"]
    russian = planted(one="Это вы были здесь вчера")
    assert wrong_script(russian, "uk") != []
    latin = planted(one="Someone forgot to translate this")
    assert wrong_script(latin, "ru") != []
    english = Catalog(locale="nl")
    english.add("Nobody is responsible for the roof", "Nobody is responsible for the roof")
    assert still_english(english) != []


def test_a_text_in_an_f_string_would_not_be_collected():
    """The collector reads calls, not the inside of f-strings: none may stand there."""
    hidden = re.compile(r"""f["'].*\{n?gettext\(""")
    assert [
        path.name
        for path in (ROOT / "src" / "perron_site").rglob("*.py")
        if hidden.search(path.read_text("utf-8"))
    ] == []
