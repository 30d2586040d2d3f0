"""Rules of a sitting."""
