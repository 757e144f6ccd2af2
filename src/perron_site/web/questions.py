"""Ask the holder in writing: from a hit of the search beyond sight, to the inbox of the holder, and back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from perron.vocabulary.organisations import Role
from perron.vocabulary.questions import QuestionPurpose
from perron_site.actions.questions import (
    answer_question,
    ask_holder,
    note_answer_read,
    withdraw_question,
)
from perron_site.queries.questions import hit_of
from perron_site.queries.questions import question as of
from perron_site.records.reads import Page, note_read
from perron_site.web.access import for_roles
from perron_site.web.acting import DeskRequest
from perron_site.web.people import DESKS

PURPOSES = {each.value: each for each in QuestionPurpose}


@for_roles(Role.REGISTRAR)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: DeskRequest, hit: int) -> HttpResponse:
    """Ask about whom the search showed; without a purpose what was typed stands there still."""
    found = hit_of(request.acting, hit)
    words = request.POST.get("words", "")
    purpose = PURPOSES.get(request.POST.get("purpose", ""))
    if request.method == "POST" and purpose is not None:
        number = ask_holder(request.acting, hit=hit, purpose=purpose, words=words)
        messages.success(request, gettext("Sent. You find the question in your inbox."))
        return redirect("question", number=number)
    missing = request.method == "POST"
    context = {"hit": found, "purposes": tuple(QuestionPurpose), "words": words, "missing": missing}
    return render(request, "ask_holder.html", context, status=422 if missing else 200)


@for_roles(*DESKS)
@require_safe
def question(request: DeskRequest, number: int) -> HttpResponse:
    """A question as our side reads it."""
    row, safe = of(number, request.acting)
    if row.person is not None:
        note_read(request.acting, [row.person], Page.PERSON)
    return render(request, "question.html", {"row": row, "safe": safe})


@for_roles(*DESKS)
@require_POST
def answer(request: DeskRequest, number: int) -> HttpResponse:
    """Answer what we are asked."""
    answer_question(request.acting, question_id=number, answer=request.POST.get("answer", ""))
    messages.success(request, gettext("Answered."))
    return redirect("inbox")


@for_roles(*DESKS)
@require_POST
def withdraw(request: DeskRequest, number: int) -> HttpResponse:
    """Ask no more."""
    withdraw_question(request.acting, question_id=number)
    messages.success(request, gettext("Withdrawn. Nobody waits for an answer any more."))
    return redirect("inbox")


@for_roles(*DESKS)
@require_POST
def read(request: DeskRequest, number: int) -> HttpResponse:
    """The answer is known."""
    note_answer_read(request.acting, question_id=number)
    messages.success(request, gettext("Noted."))
    return redirect("inbox")


urlpatterns = [
    path("arrivals/ask/<int:hit>/", ask, name="ask_holder"),
    path("questions/<int:number>/", question, name="question"),
    path("questions/<int:number>/answer/", answer, name="answer_question"),
    path("questions/<int:number>/withdraw/", withdraw, name="withdraw_question"),
    path("questions/<int:number>/read/", read, name="answer_read"),
]
