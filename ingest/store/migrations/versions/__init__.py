"""One file per change of the schema, named by number and what changes."""
