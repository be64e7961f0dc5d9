"""The schedule of a plan: its sessions, their days, and the days and doses of each exercise."""
