"""The only reasons for which a test may be skipped. In CI any other skip fails the run."""

NO_PARALLEL_TEXTS = "no folder of parallel texts"
NO_ELECTIONS = "no ballots of real elections"
NO_NAMESPACES = "no network namespaces here"
NO_MEETINGS = "no timings of recorded meetings"
NO_SCENARIO = "no scenario of two rooms"
REASONS = (
    NO_PARALLEL_TEXTS,
    NO_ELECTIONS,
    "Apertium is not installed",
    "PostgreSQL is not installed",
    "Redis is not installed",
    NO_NAMESPACES,
    NO_MEETINGS,
    NO_SCENARIO,
)
