"""Whatever word Perron shows can be written in a file, and no header means two columns."""

import itertools

import pytest

from perron.files.columns import NEEDED, columns_of, headers, how_many_known, meaning
from perron.files.grid import folded, letters
from perron.files.rows import OrganisationRow, PersonRow, PlaceRow
from perron.files.words import code_of, declared, municipalities_of, near, spellings
from perron.messages.texts import say, texts
from perron.messages.texts.labels import label
from perron.vocabulary.files import FileKind
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.people import Need, Sex
from perron.vocabulary.places import Feature, PlaceKind
from perron.vocabulary.territory import municipalities
from perron.vocabulary.wording import message

WRITTEN = ("nl", "fr", "de", "en", "uk", "ru")
LABELLED = [
    ("need", Need),
    ("feature", Feature),
    ("sex", Sex),
    ("place_kind", PlaceKind),
    ("organisation_kind", OrganisationKind),
]


@pytest.mark.parametrize(("subject", "vocabulary"), [("need", Need), ("feature", Feature)])
@pytest.mark.parametrize("language", WRITTEN)
def test_each_need_and_feature_can_be_written_as_it_is_shown(subject, vocabulary, language):
    shown = {say(label(word), language): word for word in vocabulary}
    assert {text: code_of(subject, text) for text in shown} == {
        text: word.value for text, word in shown.items()
    }


@pytest.mark.parametrize(("subject", "vocabulary"), LABELLED)
def test_each_word_of_a_vocabulary_can_be_written(subject, vocabulary):
    assert set(vocabulary) <= {vocabulary(code) for code in spellings(subject).values()}


@pytest.mark.parametrize(
    "subject", ["need", "sex", "place_kind", "organisation_kind", "region", "flag", "month"]
)
def test_no_spelling_stands_for_two_words(subject):
    spelled = [
        folded(str(word))
        for words in declared()[subject].values()
        for word in set(map(folded, map(str, words)))
    ]
    assert len(spelled) == len(set(spelled))


@pytest.mark.parametrize("kind", FileKind)
def test_no_header_means_two_columns_and_none_is_empty(kind):
    assert "" not in headers(kind)  # a spelling of two columns is a ValueError
    assert set(NEEDED[kind]) <= set(columns_of(kind))


@pytest.mark.parametrize("kind", FileKind)
def test_each_column_has_a_label_that_is_itself_a_header(kind):
    people = kind in (FileKind.ARRIVALS, FileKind.PEOPLE)
    shown = [column for column in columns_of(kind) if not (people and column == "name")]
    for column, language in itertools.product(shown, WRITTEN):
        assert meaning(kind, say(message(f"column.{column}"), language))[0] == column, (
            column,
            language,
        )


def test_the_column_of_faults_is_known_in_each_language():
    for language in ("nl", "fr", "de", "en", "uk", "ru"):
        assert meaning(FileKind.PLACES, say(message("file.faults"), language))[0] == "faults"


def test_each_column_is_a_field_of_its_row():
    fields = {
        FileKind.ARRIVALS: PersonRow,
        FileKind.PEOPLE: PersonRow,
        FileKind.PLACES: PlaceRow,
        FileKind.ORGANISATIONS: OrganisationRow,
    }
    only_read = {"name", "full_name", "postal_code"}
    for kind, row in fields.items():
        other = set(columns_of(kind)) - set(row.__dataclass_fields__)
        assert other <= only_read


def test_a_mistyped_word_is_asked_about_and_never_taken():
    assert code_of("need", "rolstoell") is None
    assert near("need", "rolstoell") == "wheelchair"
    assert near("need", "xyzzy") == ""
    for subject in (
        "need",
        "feature",
        "sex",
        "place_kind",
        "organisation_kind",
        "region",
        "country",
        "language",
    ):
        assert f"file.{subject}_near" in texts()


def test_every_municipality_is_read_by_its_code_and_by_each_of_its_names():
    for each in municipalities():
        for text in {each.nis, each.name, each.name_nl, each.name_fr, each.name_de} - {""}:
            assert municipalities_of(text) == {each.nis}, text
        for code in each.postal_codes:
            assert each.nis in municipalities_of(code)
            assert municipalities_of(f"{code} {each.name}") == {each.nis}


def test_countries_and_languages_by_code_and_name():
    for text in (
        "UA",
        "ukr",
        "Oekraïne",
        "Ukraine",
        "Україна",
        "Украина",
        "oekraïense",
        "ukrainienne",
        "ukrainisch",
    ):
        assert code_of("country", text) == "UA"
    for text in ("uk", "Oekraïens", "ukrainien", "Ukrainisch", "Ukrainian", "українська", "UA"):
        assert code_of("language", text) == "uk"
    assert code_of("country", "staatloos") == "none"


def test_columns_have_letters():
    assert [letters(column) for column in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_how_many_headers_are_known():
    assert how_many_known(FileKind.PEOPLE, ["Voornaam", "naam", "Opmerking", "Fouten"]) == 2
