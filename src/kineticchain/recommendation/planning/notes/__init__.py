"""Notes of a plan besides its sessions."""
