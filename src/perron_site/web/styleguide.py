"""The page that shows every part once, with invented people and places."""

from datetime import date, timedelta
from types import SimpleNamespace

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from perron.responsibility.net import GapKind
from perron.vocabulary.organisations import OrganisationKind
from perron.vocabulary.people import Need
from perron.vocabulary.places import Feature
from perron.vocabulary.tracks import TrackKind
from perron.vocabulary.verdicts import Finding, Mark, Reason, Source, Verdict
from perron.vocabulary.wording import message
from perron_site.queries.clocks import Clock
from perron_site.queries.gapcards import GapCard
from perron_site.queries.linemap import Holder, Line, LineMap, Offer, Stop, StopState
from perron_site.web.access import public

TODAY = date(2026, 11, 25)
LAW = Source("Dir. 2001/55/EC art. 4", Mark.VERIFIED)
HOLDERS = tuple(Holder(name, kind) for name, kind in (
    ("DVZ / OE", OrganisationKind.DVZ), ("Fedasil", OrganisationKind.FEDASIL),
    ("Stad Gent", OrganisationKind.MUNICIPALITY), ("OCMW Gent", OrganisationKind.OCMW),
    ("Vlaanderen", OrganisationKind.REGION), ("De Lindeboom", OrganisationKind.SCHOOL),
    ("CAW", OrganisationKind.NGO),
))  # fmt: skip
DVZ, FEDASIL, GENT, OCMW = HOLDERS[:4]


class Sample(forms.Form):
    """Each kind of field, one of them with a fault."""

    name = forms.CharField(label=gettext_lazy("Family name"))
    born = forms.DateField(label=gettext_lazy("Born"), help_text=gettext_lazy("As far as known."))
    need = forms.MultipleChoiceField(
        label=gettext_lazy("What a place must have"),
        required=False,
        choices=[("cot", gettext_lazy("Cot")), ("lift", gettext_lazy("Lift"))],
        widget=forms.CheckboxSelectMultiple,
    )


def day(ago: int) -> date:
    """A day so many days before today."""
    return TODAY - timedelta(days=ago)


def roof() -> Line:
    """A line that was handed over once and is offered again."""
    return Line(
        TrackKind.ROOF, "", GENT, taken_up=True, gap=None,
        offered=Offer(OCMW, day(2), day(-1)),
        stops=(
            Stop(StopState.DONE, message("step.roof.emergency"), day(40), holder=FEDASIL),
            Stop(StopState.HERE, message("step.roof.home"), day(30), message("linemap.since", day=day(30)),
                 holder=GENT, handed_over_from=FEDASIL, handed_over_on=day(33)),
            Stop(StopState.END, message("linemap.goal.roof")),
        ),
    )  # fmt: skip


def protection() -> Line:
    """A line on its way."""
    return Line(
        TrackKind.PROTECTION, "", DVZ, taken_up=True, gap=None,
        stops=(
            Stop(StopState.DONE, message("step.protection.pending"), day(40), holder=DVZ),
            Stop(StopState.HERE, message("step.protection.granted"), day(38),
                 message("linemap.until", day=date(2027, 3, 4)), holder=DVZ),
            Stop(StopState.END, message("linemap.goal.protection")),
        ),
    )  # fmt: skip


def support() -> Line:
    """A line that nobody has taken up."""
    return Line(
        TrackKind.SUPPORT, "Olena", OCMW, taken_up=False,
        gap=message("linemap.nobody", since=day(9)),
        stops=(
            Stop(StopState.HERE, message("step.support.to_ask"), day(9), holder=OCMW),
            Stop(StopState.NEXT, message("step.support.inquiry"), day(-21),
                 message("linemap.by", day=day(-21))),
            Stop(StopState.END, message("linemap.goal.support")),
        ),
    )  # fmt: skip


def finding(verdict: Verdict) -> Finding:
    """An answer of each kind."""
    return Finding(
        "sample", verdict, TODAY, date(2026, 7, 1), (Reason(message("rule.tp.ground"), LAW),)
    )


@public
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show every part."""
    gap = message("linemap.nobody", since=day(9))
    wrong = Sample({"name": "", "born": "31/02/2020"})
    wrong.is_valid()
    context = {
        "map": LineMap(TODAY, day(40), (roof(), protection(), support())),
        "holders": HOLDERS,
        "card": GapCard(
            GapKind.NOT_TAKEN_UP, TrackKind.SUPPORT, gap, "Olena", day(9), 9, OCMW, ours=False, tracks=()
        ),
        "clocks": (
            Clock(message("step.municipality.annex_15"), day(-20), TODAY, day(25), LAW),
            Clock(message("clock.answer", giver="Stad Gent"), day(2), TODAY, day(5), None),
        ),
        "findings": [finding(verdict) for verdict in Verdict],
        "form": wrong,
        "needs": list(Need)[:4],
        "place": SimpleNamespace(
            name="Old rectory", beds=8, where="Lievegem", state="verified",
            features=[Feature.GARDEN, Feature.COT], confirmed_on=day(4),
        ),
        "marks": [mark.value for mark in Mark],
    }  # fmt: skip
    return render(request, "styleguide.html", context)
