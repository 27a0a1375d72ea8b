// The monitor needs no script of its own: htmx renews what changes.
