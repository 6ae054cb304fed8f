"""The words with which a category's mails begin."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attendees.models.registrations import Category


class CategoryMail(models.Model):
    """The words of the office in place of our first paragraph in a mail about a registration.

    Each category has its own for each occasion; where there are none, ours stand.
    """

    class Occasion(models.TextChoices):
        RECEIVED = "received", _("Registration received")
        CONFIRMED = "confirmed", _("Place confirmed")
        DECLINED = "declined", _("Place declined")
        WAITLISTED = "waitlisted", _("Put on the waiting list")

    category = models.ForeignKey(
        Category, models.CASCADE, related_name="mails", verbose_name=_("category")
    )
    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion)
    text = models.TextField(
        _("text"),
        max_length=5_000,
        blank=True,
        help_text=_(
            "Stands in place of the mail's first paragraph; the facts and links after it stay. "
            "Empty: our own text."
        ),
    )

    class Meta:
        verbose_name = _("mail of a category")
        verbose_name_plural = _("mails of the category")
        ordering = ["category", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "occasion"],
                name="categorymail_once_per_occasion",
                violation_error_message=_("The category has words for this occasion."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    occasion__in=["received", "confirmed", "declined", "waitlisted"]
                ),
                name="categorymail_known_occasion",
                violation_error_message=_("There is no such occasion."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_occasion_display()

    def text_in(self, language: str) -> str:
        """The words in one language; none does not fall back to the other language."""
        text = self.text_zh_hans if language == "zh-hans" else self.text_en
        return (text or "").strip()
