"""How the sources behave towards one another: who repeats whom, how late and how far apart, and what no list has."""
