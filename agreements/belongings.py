"""What of the agreements' storey belongs to a person."""

from django.utils.translation import gettext_lazy as _

from attendees.personal import belongs

NAMELESS = {"name_en": "Erased person", "name_zh_hans": "已删除人员"}

belongs("agreements.Party", "person", title=_("As a party"))
KEPT = ["summary", "summary_en", "summary_zh_hans", "note", "cancel_reason"]
belongs("agreements.Agreement", "project__holder", title=_("Agreements on projects"), keeps=KEPT)
belongs("agreements.Agreement", "parties__person", title=_("Agreements as a party"), keeps=KEPT)
belongs(
    "agreements.AgreementParty",
    "agreement__project__holder",
    title=_("Signatures on agreements about projects"),
)
belongs("agreements.AgreementParty", "party__person", title=_("Signatures as a party"))
