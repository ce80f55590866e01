"""Settings: the school, whom to ring, people and codes, the policy, devices, and how this laptop shows it all."""
