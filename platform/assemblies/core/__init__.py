"""Pure rules of assemblies: roles, phases, the reading of member lists."""
