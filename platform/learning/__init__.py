"""What citizens read before and while they deliberate: materials, in everybody's language."""
