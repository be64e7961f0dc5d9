"""The scorecard: one command measures figures of trust, keeps them, and compares later runs.

    python -m kineticchain_scorecard --profile gate

`rows.toml` lists the measures, their sizes in each profile, and the bars that their figures have to
reach. `kept/` contains the figures of the last kept run. A figure that is worse than the kept
figure fails the run.
"""
