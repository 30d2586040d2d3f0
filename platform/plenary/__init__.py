"""The plenary: motions, ballots, rules as data, tallies, results anyone can recount."""
