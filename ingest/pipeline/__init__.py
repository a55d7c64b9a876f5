"""The stages in order: open, read, verify, keep, publish. Each module is one of them; nothing here is imported before it is needed."""
