"""Where training would lead: previews and simulated courses."""
