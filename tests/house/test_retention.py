"""Each column of each table says what erasure does with it; a new one without an answer fails here."""

from django.apps import apps

from perron_site.records.retention import COLUMNS, Keeping


def tables():
    """A view holds nothing of its own."""
    return [model for model in apps.get_app_config("records").get_models() if model._meta.managed]


def columns(models):
    return {
        model._meta.model_name: {field.name for field in model._meta.concrete_fields}
        for model in models
    }


def unanswered(models, answers=COLUMNS):
    """Columns without an answer, and answers about a column that is not there."""
    found = columns(models)
    return sorted(
        f"{table}.{column}"
        for table in found.keys() | answers.keys()
        for column in found.get(table, set()) ^ set(answers.get(table, {}))
    )


def test_every_column_says_what_erasure_does_with_it():
    assert unanswered(tables()) == []


def test_a_column_without_an_answer_is_caught():
    every = tables()
    without = {**COLUMNS, "person": {"id": Keeping.STAYS}}
    assert "person.given_name" in unanswered(every, without)
    assert unanswered(
        [*every], {**COLUMNS, "person": {**COLUMNS["person"], "shoe_size": Keeping.BLANKED}}
    ) == ["person.shoe_size"]


def test_a_table_about_a_person_is_never_about_nobody():
    for model in tables():
        about = {"person", "household"} & {field.name for field in model._meta.concrete_fields}
        if about:
            assert Keeping.NOBODY not in COLUMNS[model._meta.model_name].values(), model
