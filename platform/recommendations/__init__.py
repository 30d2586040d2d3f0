"""From the first draft in a room to the frozen text a plenary votes on."""
