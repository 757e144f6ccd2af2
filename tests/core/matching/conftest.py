"""A property is judged by its answer, never by the time that it takes."""

from hypothesis import settings

settings.register_profile("perron", deadline=None)
settings.load_profile("perron")
