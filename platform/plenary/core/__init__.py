"""Pure rules of the plenary: motions, tallies, the seats of the hemicycle."""
