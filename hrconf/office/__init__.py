"""The conference office: what every page of the admin shares. No models."""
