"""Depend on me: what the route of one does to the others, as far as it is written."""

from datetime import date

from perron.rules.belgium.dependants import hangs, on_the_other
from perron.rules.moments import Moment

ON = Moment(date(2025, 11, 25))
WIFE = {
    "birth_date": "1990-05-01", "identity_document": "valid_passport", "housing_adequate": True,
    "health_insured": True, "extra_family_members": 0, "nationality": ["UA"],
    "family_links": [{
        "kind": "spouse", "sponsor_title": "tp", "sponsor_stay_from": "2022-03-20", "sponsor_birth_date": "1988-01-01",
        "sponsor_income_month": 2400, "existed_before_sponsor_entry": True, "sponsor_group": "third_country",
    }],
}  # fmt: skip


def changed(found):
    return {each.route: (each.before.verdict, each.after.verdict) for each in found}


def test_a_husband_who_takes_a_single_permit_closes_the_route_of_article_57_34():
    found = on_the_other(WIFE, 0, "single_permit", ON)
    assert changed(found) == {"tp_family": ("yes", "no")}
    assert found[0].closes
    assert found[0].after.because[0].source.text == "Act art. 57/34"


def test_a_husband_who_is_recognised_closes_both_and_opens_what_nobody_can_tell_yet():
    found = changed(on_the_other(WIFE, 0, "refugee", ON))
    assert found["tp_family"] == ("yes", "no")
    assert found["family_tcn_limited"] == ("yes", "no")
    assert found["family_tcn_unlimited"] == ("no", "unknown")


def test_since_when_the_new_title_counts_is_not_invented():
    settled = {each.route: each.after for each in on_the_other(WIFE, 0, "settled", ON)}
    assert settled["family_tcn_unlimited"].verdict == "unknown"
    assert settled["family_tcn_unlimited"].missing == ("family_links",)


def test_the_stay_of_family_hangs_on_the_sponsor_where_that_is_written():
    assert hangs("family_tcn").source.mark == "D"
    assert hangs("tp_family").message.key == "depend.scheme"
    assert hangs("single_permit") is None
