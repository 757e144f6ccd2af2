"""The pages of the checks of hosts."""

import pytest
from builders import GENT, NOW, a_home, a_site, town

from perron.vocabulary.places import CheckOutcome, HostCheckKind
from perron_site.actions.hosts import write_host_check
from perron_site.records import models

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return a_site(town(), a_home(), municipality=GENT, name="Oostakker")


FORM = {"kind": "record", "outcome": "failed", "on": "2026-11-20", "consented": "1"}


def test_the_housing_desk_of_the_town_writes_a_check_down_and_reads_it(desk, site):
    client = desk("gent")
    assert "Checks of hosts" in client.get("/places/").content.decode()
    answer = client.post(
        f"/places/hosts/{site}/", FORM | {"holds_until": "2027-11-20"}, follow=True
    )
    text = answer.content.decode()
    assert "nobody new is received here" in text
    assert "holds until 20 November 2027" in text
    assert "Oostakker" in client.get("/places/hosts/").content.decode()
    row = models.HostCheck.objects.get()
    assert (row.kind, row.outcome, row.on.isoformat()) == ("record", "failed", "2026-11-20")
    assert row.user.name == "gent"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"outcome": ""}, "Choose what was checked"),
        ({"consented": None}, "must consent before"),
        ({"on": "2026-12-24"}, "a check is written down after it was done"),
        ({"on": "2026-02-31"}, "This is no day"),
        ({"holds_until": "2026-11-01"}, "lies before the day of the check"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(desk, site, changed, said):
    form = {name: value for name, value in (FORM | changed).items() if value is not None}
    answer = desk("gent").post(f"/places/hosts/{site}/", form, follow=True)
    assert said in answer.content.decode()
    assert not models.HostCheck.objects.exists()


@pytest.mark.parametrize(
    ("who", "code"), [("mechelen", 404), ("dispatcher", 403), ("ocmw_gent", 403)]
)
def test_nobody_else_opens_it(desk, site, who, code):
    write_host_check(
        town(),
        site_id=site,
        kind=HostCheckKind.DWELLING,
        outcome=CheckOutcome.FAILED,
        on=NOW.date(),
    )
    client = desk(who)
    assert client.get(f"/places/hosts/{site}/").status_code == code
    assert client.post(f"/places/hosts/{site}/", FORM).status_code == code
    assert "Oostakker" not in client.get("/places/hosts/").content.decode()
    assert models.HostCheck.objects.count() == 1
