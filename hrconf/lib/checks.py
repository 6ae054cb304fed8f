"""System checks: what a deployer forgets."""
