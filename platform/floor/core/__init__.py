"""Who may speak now, who comes next and for how long: one policy, the same in rooms and in the plenary."""
