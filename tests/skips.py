"""The only reasons for which a test may be skipped. In CI any other skip fails the run."""

NO_PARALLEL_TEXTS = "no folder of parallel texts"
REASONS = (
    NO_PARALLEL_TEXTS,
    "Apertium is not installed",
    "PostgreSQL is not installed",
    "Redis is not installed",
    "no network namespaces here",
)
