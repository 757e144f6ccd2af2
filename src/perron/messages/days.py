"""Days written out in the reader's language, the month in the form that a date takes there."""

from datetime import date

LANGUAGES = ("nl", "fr", "de", "en", "uk", "ru")

MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
PATTERNS = {
    "nl": "{day} {month} {year}",
    "fr": "{day} {month} {year}",
    "de": "{day}. {month} {year}",
    "en": "{day} {month} {year}",
    "uk": "{day} {month} {year} року",
    "ru": "{day} {month} {year} года",
}


def written_out(day: date, language: str) -> str:
    """Write ``4 March 2027``, ``4 березня 2027 року``; another language is a KeyError."""
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    month = MONTHS[language].split()[day.month - 1]
    return PATTERNS[language].format(day=number, month=month, year=day.year)


def day_and_month(day: date, language: str) -> str:
    """Write ``4 March`` where the year is plain; another language is a KeyError."""
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    month = MONTHS[language].split()[day.month - 1]
    return f"{number}. {month}" if language == "de" else f"{number} {month}"
