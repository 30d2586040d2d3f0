"""Journeys through the running product in a real browser, as people of several languages walk them."""
