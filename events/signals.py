"""News of this storey that others act on in the same transaction."""

from django.dispatch import Signal

# Sent with `release`, just made; what follows from it is committed with it or not at all.
schedule_released = Signal()
