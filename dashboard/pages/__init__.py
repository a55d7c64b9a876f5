"""The pages, one file each: PATH, NAME, `heading(view)` and `layout(screen, **query)`; see `dashboard.app.PAGES`."""
