"""Jobs: each sets for whom it acts and calls one action or query."""
