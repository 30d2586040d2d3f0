"""The sitting of an assembly: the run of show in all its rooms, messages to all of them, the return to the plenary."""
