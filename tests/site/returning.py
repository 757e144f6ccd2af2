"""What a page has to say of the track of return: each right and condition in words, with the source behind it."""

from perron.messages.texts import say
from perron.rules.belgium.returning import return_track
from perron_site.queries.law import in_force


def rows_of_return(facts, on, language="en"):
    """Every row of the track, asked of the core with the same facts; a value that is known is none of it today."""
    track = return_track(facts, in_force(on))
    asked = (*track.visit, track.rule)
    assert {each.value for each in asked} == {None}
    findings = (track.going_back, track.staying_on, *track.grounds)
    assert [each.id for each in findings] == ["voluntary_return"] + ["tpd22_23"] * 4
    reasons = [reason for each in findings for reason in each.because]
    unknown = {"en": "Unknown", "uk": "Невідомо", "nl": "Onbekend"}[language]
    return (
        *(f"{say(each.message, language)} {unknown} {each.source.text}" for each in asked),
        *(f"{say(each.message, language)} {each.source.text}" for each in reasons),
        track.going_back_at.names[language],
        track.staying_on_at.names[language],
        say(track.going_back_at.authority, language),
        *(say(each, language) for each in track.going_back_at.documents),
        str(track.school.days),
        track.school.source.text,
    )
