"""What a page writes of a value: in the reader's language."""

from datetime import date

from django.utils.translation import override

from perron.rules.belgium.filing import filing
from perron.rules.moments import Moment
from perron_site.web.templatetags.perron import plainly, say


def test_where_to_file_is_said_in_the_language_of_the_reader():
    office = filing("student", Moment(date(2026, 11, 27)))
    with override("fr"):
        assert plainly(office.file_at["belgium"]) == "commune, en cas de séjour légal"
        assert plainly(office.file_at["abroad"]) == "oui"
        assert plainly(office.documents) == "Carte A"
        assert say(office.authority) == "Office des étrangers (OE)"
