"""The demonstration caseload: invented people, invented places, and what happened to them."""
