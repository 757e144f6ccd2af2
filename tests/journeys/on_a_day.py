"""The real site for gunicorn on one day, so that a story of the law says the same in every year that it is told."""

from datetime import datetime

from perron.vocabulary.intervals import BRUSSELS
from perron_site.web import clock

DAY = datetime(2026, 11, 25, 14, 0, tzinfo=BRUSSELS)
clock.now = lambda: DAY

from perron_site.config.wsgi import application  # noqa: E402, F401 - after the clock; gunicorn takes it from here
