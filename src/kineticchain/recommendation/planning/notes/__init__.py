"""What a plan says besides its sessions."""
