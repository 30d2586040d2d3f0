"""Pure values of the live half."""
