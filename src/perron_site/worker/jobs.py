"""Jobs that run by the clock. Each acts for its own organisation and calls one action."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from procrastinate.contrib.django import app

from perron_site.actions.day import run_day
from perron_site.actions.paper import forget_paper, write_paper
from perron_site.queries.organisations import the_system
from perron_site.queries.paper import desks
from perron_site.records.context import Round, as_organisation, as_round

STALLED_AFTER = timedelta(seconds=60)
"""A worker reports every ten seconds; one that is silent for so long was killed."""


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="round", pass_context=False)
def hourly_round(timestamp: int) -> None:
    """Do the round of the day; it does only what came in since the last one."""
    by = the_system(datetime.fromtimestamp(timestamp, UTC))
    with as_round(Round.WORKER):
        run_day(by, on=by.on)


@app.periodic(cron="10 * * * *")
@app.task(queueing_lock="paper", pass_context=False)
def hourly_paper(timestamp: int) -> None:
    """Write the lists of every desk for the hour in which the power fails."""
    written = set()
    for by, language in desks(datetime.fromtimestamp(timestamp, UTC)):
        with as_organisation(by):
            written.add(write_paper(by, folder=settings.PAPER, language=language))
    forget_paper(settings.PAPER, written)


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="stalled")
async def take_up_stalled(timestamp: int) -> None:
    """Queue again what a worker left half done when it was killed; every job may run twice."""
    at = datetime.fromtimestamp(timestamp, UTC)
    jobs = app.job_manager
    silent = STALLED_AFTER.total_seconds()
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=silent):
        if job.id is not None:
            await jobs.retry_job_by_id_async(job_id=job.id, retry_at=at)
