from hrconf.mailing.admin.batches import BatchAdmin
from hrconf.mailing.admin.messages import MessageAdmin

__all__ = ["BatchAdmin", "MessageAdmin"]
