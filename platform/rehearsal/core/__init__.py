"""Pure values of a rehearsal: the scenario, what was received, the report."""
