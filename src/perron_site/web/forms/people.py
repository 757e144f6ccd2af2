"""A person as a desk types them. What is left open stays not known."""

import re
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext, gettext_lazy

from perron.messages.texts import say
from perron.messages.texts.labels import label
from perron.vocabulary.intervals import PartialDate
from perron.vocabulary.people import Need, Sex
from perron_site.actions.households import NewPerson

DAY_FIRST = re.compile(r"^(?:(\d{1,2})[/.\-])?(\d{1,2})[/.\-](\d{4})$")
LANGUAGES = (
    ("uk", gettext_lazy("Ukrainian")),
    ("ru", gettext_lazy("Russian")),
    ("en", gettext_lazy("English")),
    ("nl", gettext_lazy("Dutch")),
    ("fr", gettext_lazy("French")),
    ("de", gettext_lazy("German")),
)
NAMES = {"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}


def words(vocabulary: type[Need] | type[Sex]) -> list[tuple[str, Any]]:
    """The words of a vocabulary with their labels in the reader's language."""
    return [(word.value, said_later(word)) for word in vocabulary]


def said(word: Need | Sex) -> str:
    """The label of a word."""
    return say(label(word), get_language() or "en")


said_later = lazy(said, str)


def read_birth(text: str) -> PartialDate | None:
    """Read ``1987``, ``03/1987``, ``10/03/1987`` or ISO 8601 (ValueError for anything else)."""
    text = text.strip()
    if not text:
        return None
    if found := DAY_FIRST.match(text):
        day, month, year = found.groups()
        return PartialDate(int(year), int(month), int(day) if day else None)
    return PartialDate.parse(text)


class PersonForm(forms.Form):
    """One person. Only a name is needed."""

    given_name = forms.CharField(
        label=gettext_lazy("Given name"), max_length=120, widget=forms.TextInput(NAMES)
    )
    family_name = forms.CharField(
        label=gettext_lazy("Family name"), max_length=120, widget=forms.TextInput(NAMES)
    )
    born = forms.CharField(
        label=gettext_lazy("Born"),
        required=False,
        max_length=10,
        help_text=gettext_lazy("As far as it is known: 1987, 03/1987 or 10/03/1987."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("What a place must have"),
        required=False,
        choices=words(Need),
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Speaks, the best language first"),
        required=False,
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex in the passport"),
        required=False,
        choices=[("", gettext_lazy("Not known")), *words(Sex)],
    )
    given_name_cyrillic = forms.CharField(
        label=gettext_lazy("Given name in Cyrillic"), required=False, max_length=120,
        widget=forms.TextInput(NAMES),
    )  # fmt: skip
    family_name_cyrillic = forms.CharField(
        label=gettext_lazy("Family name in Cyrillic"), required=False, max_length=120,
        widget=forms.TextInput(NAMES),
    )  # fmt: skip
    telephone = forms.CharField(label=gettext_lazy("Telephone"), required=False, max_length=40)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    nationalities = forms.CharField(
        label=gettext_lazy("Nationalities"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Country codes of two letters, with a space between: UA PL."),
    )

    FIRST = ("given_name", "family_name", "born", "needs", "languages")
    FOLDED = (
        "sex", "given_name_cyrillic", "family_name_cyrillic", "telephone", "email", "nationalities",
    )  # fmt: skip

    def first_fields(self) -> list[forms.BoundField]:
        """What is asked at once."""
        return [self[name] for name in self.FIRST]

    def folded_fields(self) -> list[forms.BoundField]:
        """What can wait."""
        return [self[name] for name in self.FOLDED]

    def folded_wrong(self) -> bool:
        """Whether a fault stands in what is folded away."""
        return any(name in self.errors for name in self.FOLDED)

    def clean_born(self) -> PartialDate | None:
        """Read the birth date as far as it is known."""
        try:
            return read_birth(self.cleaned_data["born"])
        except ValueError as wrong:
            raise forms.ValidationError(
                gettext("This is no date. Write 1987, 03/1987 or 10/03/1987.")
            ) from wrong

    def clean_nationalities(self) -> tuple[str, ...] | None:
        """Read country codes; nothing typed is not known."""
        codes = self.cleaned_data["nationalities"].replace(",", " ").upper().split()
        if any(not re.fullmatch("[A-Z]{2}", code) for code in codes):
            raise forms.ValidationError(gettext("Write country codes of two letters: UA PL."))
        return tuple(codes) or None

    def person(self) -> NewPerson:
        """The person as the action takes them."""
        data = self.cleaned_data
        return NewPerson(
            given_name=data["given_name"],
            family_name=data["family_name"],
            given_name_cyrillic=data["given_name_cyrillic"],
            family_name_cyrillic=data["family_name_cyrillic"],
            born=data["born"],
            sex=Sex(data["sex"]) if data["sex"] else None,
            nationalities=data["nationalities"],
            languages=tuple(data["languages"]),
            needs=frozenset(Need(word) for word in data["needs"]),
            telephone=data["telephone"],
            email=data["email"],
        )

    def changes(self) -> dict[str, object]:
        """The fields of a correction as they are stored."""
        person = self.person()
        return {
            "given_name": person.given_name,
            "family_name": person.family_name,
            "given_name_cyrillic": person.given_name_cyrillic,
            "family_name_cyrillic": person.family_name_cyrillic,
            "born": str(person.born) if person.born else None,
            "sex": person.sex.value if person.sex else None,
            "nationalities": list(person.nationalities) if person.nationalities else None,
            "languages": list(person.languages),
            "telephone": person.telephone,
            "email": person.email,
        }


class PeopleFormSet(forms.BaseFormSet):  # type: ignore[type-arg]  # generic only for the type checker
    """One to ten people who stay together."""

    def people(self) -> tuple[NewPerson, ...]:
        """The people as the action takes them."""
        return tuple(form.person() for form in self.forms)


People = forms.formset_factory(
    PersonForm, formset=PeopleFormSet, extra=0, min_num=1, validate_min=True, max_num=10
)
