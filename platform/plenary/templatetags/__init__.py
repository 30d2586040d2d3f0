"""Template tags of the plenary."""
