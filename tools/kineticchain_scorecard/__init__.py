"""The scorecard: measures of trust, measured by one command, kept, and compared.

    python -m kineticchain_scorecard --profile gate

`rows.toml` lists what is measured, how much of it in each profile, and the bars. The figures of the
last run that was kept stand in `kept/`; a figure that falls behind them fails the run.
"""
