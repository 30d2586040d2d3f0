"""How long a test waits for what must come."""

PATIENCE_S = 60.0
"""Long enough for a slow and busy machine. It costs only where something fails: who waits goes on at once."""
