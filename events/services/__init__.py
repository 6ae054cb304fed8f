"""Services of the programme: what changes rows."""
