from hrconf.mailing.admin.batches import BatchAdmin
from hrconf.mailing.admin.messages import MessageAdmin
from hrconf.mailing.admin.stops import BounceAdmin, SuppressionAdmin

__all__ = ["BatchAdmin", "BounceAdmin", "MessageAdmin", "SuppressionAdmin"]
