"""How the admin looks: the same colours and logo as the public pages."""

UNFOLD: dict = {}
