"""The moving demo: a scenario of our own words, its word list, and the loop that plays it."""
