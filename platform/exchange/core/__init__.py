"""Rules of the exchange between rooms; pure."""
