"""What only the whole document tells: who a pronoun is, which figures repeat another one or are shares of it."""
