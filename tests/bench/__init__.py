"""Benches: references and ours interleaved in one run, ratios first. Never part of the test suite."""
