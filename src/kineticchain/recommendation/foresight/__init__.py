"""What is to come: where each outcome leads, and whole lives of simulated people."""
