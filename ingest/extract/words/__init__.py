"""Text -> words -> items: tokens, the lexicon, sentences, numbers, and the longest phrase known at each word."""
