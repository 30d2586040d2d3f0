"""What translation knows without an engine: sentences, protected spans, routes, doubt, fair queues, packages."""
