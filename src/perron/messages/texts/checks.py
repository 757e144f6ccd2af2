"""What is said by the commands that check the matrix and show the values of the law."""

TEXTS: dict[str, str | tuple[str, str, str]] = {
    "file.ends_before_it_begins": "It ends on {end}, but begins only on {start}",
    "matrix.no_desk": "{step} in {region} on {on}: no one desk of the kind {organisation} can be found there",
    "matrix.escalation_ends_nowhere": "{step} in {region} on {on}: when nobody acts, no coordinator can be found",
    "matrix.no_escalation": "{step} in {region} on {on}: nobody is asked when nothing happens",
    "matrix.opens_itself": "{step} in {region} on {on}: the line opens itself, {path}",
    "matrix.opens_nothing": "{step} in {region} on {on}: it opens the line {line}, which has no first step",
    "matrix.role_nobody_has": "{step} in {region} on {on}: nobody at {organisation} has one of the roles {roles}",
    "matrix.two_rows": "{step} in {region} on {on}: two rows speak of it",
    "matrix.stays_behind": "{lines} lines stand at steps that version {version} does not know: {steps}",
    "matrix.unknown_version": "There is no version {version} of the matrix; there are {known}",
    "matrix.waits_for_nothing": "{step} in {region} on {on}: it waits for {other}, where no line ever comes",
}
