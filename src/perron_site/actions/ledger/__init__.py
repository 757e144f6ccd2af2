"""The acts of a whole country at once: the same rows as act by act, kept in memory and put in together.

Each function here is the twin of an act or of ``records/lines.py``, without its locks and its questions: nobody else
writes meanwhile, and whoever tells the story asks only for what may be done. That both write the same is proven on
three hundred people (tests/site/commands/test_country.py).
"""
