"""The project: settings, addresses, tables of stream kinds and commands, command line. It alone knows everyone."""
