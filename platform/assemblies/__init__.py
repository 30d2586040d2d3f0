"""An assembly: its question, mandate, languages, phases, members and the links that let them in."""
