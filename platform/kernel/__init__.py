"""What everybody needs and nobody owns: clock, ids, languages, text, typed values on the wire."""
