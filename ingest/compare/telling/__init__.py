"""Verdicts as plain sentences, in each language; the words are tables."""
