"""Forecasts of training: previews of outcomes and simulated courses."""
