"""Pure rules of those who lead rooms."""
