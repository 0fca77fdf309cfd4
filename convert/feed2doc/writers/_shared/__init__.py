"""What writers have in common."""
