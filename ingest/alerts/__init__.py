"""What somebody should look at: found, put into a sentence, and sent where a person wants it."""
