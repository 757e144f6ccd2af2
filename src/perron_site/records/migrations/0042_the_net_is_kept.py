"""What the net keeps, marked by the database itself; every household is worked out at the next act."""

import django.db.models.deletion
from django.db import migrations, models

from perron_site.records.marking import EVERYBODY, marks
from perron_site.records.rows import secure_rows


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0041_pairs_are_found"),
    ]

    operations = [
        migrations.CreateModel(
            name="Gap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("track", models.CharField(max_length=40)),
                ("since", models.DateField()),
                ("opens", models.DateField()),
                ("closes", models.DateField(null=True)),
                ("waited", models.PositiveSmallIntegerField()),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="records.household",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="records.person",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="records.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Unsettled",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="records.household",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Caseload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("urgent_on", models.DateField(null=True)),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="records.household",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="records.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [
                    models.Index(
                        fields=["organisation", "urgent_on", "household"], name="caseload_by_day"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "household"),
                        name="a_household_is_in_a_caseload_once",
                    )
                ],
            },
        ),
        migrations.RunSQL(marks(), migrations.RunSQL.noop),
        migrations.RunSQL(EVERYBODY, migrations.RunSQL.noop),
        migrations.RunSQL(
            "drop function if exists perron_promises(); drop function if exists perron_abroad()",
            migrations.RunSQL.noop,
        ),
        migrations.RunPython(secure_rows, migrations.RunPython.noop),
    ]
