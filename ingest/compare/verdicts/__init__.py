"""Why two claims differ, or that they agree: the first rule that matches."""
