"""Everything that gathered in the book goes into the database, as it stands at the end."""

from perron.vocabulary.tracks import HandoverState
from perron_site.actions.ledger.book import Book
from perron_site.actions.ledger.nouns import Group, Offer, Proposed, Someone, Stay
from perron_site.records.bulkload import Table
from perron_site.records.models import ProposalState, RequestState


def finish(book: Book) -> None:
    """Put everything in; it stays when the transaction around it ends well."""
    for group in book.groups:
        put_group(book, group)
    for (organisation, person, why), until in book.seen.items():
        book.sights.put(organisation, person, why, until)
    for table in vars(book).values():
        if isinstance(table, Table):
            table.flush()
    book.writer.finish()


def put_group(book: Book, group: Group) -> None:
    """A household with all that belongs to it."""
    nis = group.town.nis if group.town else None
    book.households.add(group.id, group.arrived_on, nis, book.invented)
    for person in group.people:
        put_person(book, person)
    if group.asked is not None:
        number, at, night = group.asked
        state = RequestState.ANSWERED if group.answered_at else RequestState.OPEN
        book.requests.add(number, group.id, at, night, state, group.answered_at)
    for stay in group.stays:
        put_stay(book, group, stay)
    if group.offer is not None:
        put_offer(book, group, group.offer)
    if group.proposed is not None:
        put_home(book, group, group.proposed)


def put_person(book: Book, person: Someone) -> None:
    """A person and their lines."""
    new = person.new
    book.persons.add(
        person.id, new.given_name, new.family_name, new.given_name_cyrillic, new.family_name_cyrillic,
        str(new.born) if new.born else None, new.sex, new.nationalities, new.languages, new.telephone, new.email,
        person.presence, person.since, book.invented,
    )  # fmt: skip
    for line in person.lines:
        book.tracks.add(
            line.id, person.id, line.kind, line.step, line.since, line.due_on, line.holder, line.taken_up_at,
            line.opened_on, line.closed_on, line.matrix,
        )  # fmt: skip
        if line.closed_on is None:
            book.put_page(line, None)


def put_stay(book: Book, group: Group, stay: Stay) -> None:
    """A stay and its nights."""
    book.stays.add(stay.id, group.id, stay.unit, stay.start, stay.end, True, stay.state)
    for night in stay.nights:
        last = night.end.isoformat() if night.end else ""
        nights = f"[{night.first.isoformat()},{last})"
        book.nights.add(night.id, stay.id, night.bed, night.person, nights)


def put_offer(book: Book, group: Group, offer: Offer) -> None:
    """An offer of the roof with its lines."""
    answered = offer.answered_at is not None
    state = HandoverState.ACCEPTED if answered else HandoverState.OFFERED
    book.handovers.add(
        offer.id, offer.giver, offer.receiver, group.id, state, offer.words.why, True, offer.words.consented,
        offer.offered_at, offer.due_on, offer.read_until, offer.answered_at,
    )  # fmt: skip
    for number, line in offer.lines:
        book.offered.add(number, offer.id, line.id, not answered)


def put_home(book: Book, group: Group, home: Proposed) -> None:
    """A home that was proposed."""
    state = ProposalState.TAKEN if home.decided_at else ProposalState.OPEN
    book.proposals.add(
        home.id, group.id, home.unit, home.night, state, home.reasons, home.at, home.decided_at, ""
    )
