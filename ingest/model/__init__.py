"""What Crosscount talks about: vocabulary, records, published columns, identities. Standard library only."""
