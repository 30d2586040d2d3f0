"""Rules of the materials; pure."""
