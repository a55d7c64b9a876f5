"""The app that charts a snapshot: queries, charts, components, pages."""
