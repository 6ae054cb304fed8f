"""Agreements: what the conference brings."""

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, Prefetch, Q, Sum, When
from django.db.models.functions import Coalesce, Round
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from agreements.models.parties import AgreementParty, Party, in_the_other_language
from attendees.models.people import trigram_index
from events.models import District, Edition, Park, Session
from projects.models import Meeting, Project, Sector

MONEY = {"max_digits": 18, "decimal_places": 2}
RATE = {"max_digits": 18, "decimal_places": 8, "null": True, "blank": True}


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All agreements for who may see agreements; none for anybody else."""
        return self if user.has_perm("agreements.view_agreement") else self.none()

    def signed(self):
        """Signed and not cancelled since: what the official figures count."""
        return self.filter(status__in=Agreement.SIGNED)

    def search(self, text: str):
        """Reference, title or party (either language): every word occurs."""
        found = self
        for word in text.replace("\x00", "").split()[:6]:
            matches = (
                Q(reference__icontains=word)
                | Q(title_en__icontains=word)
                | Q(title_zh_hans__icontains=word)
            )
            found = found.filter(matches | Q(pk__in=sides_of(word)))
        return found

    def with_party(self, text: str):
        """Agreements of a party whose name, in either language, has the text."""
        return self.filter(pk__in=sides_of(text))

    def in_sector(self, slug: str):
        """Agreements of a sector or of one of its sub-sectors."""
        return self.filter(Q(sector__slug=slug) | Q(sector__parent__slug=slug))

    def in_yuan(self):
        """Each with `yuan`: its amount in CNY where that is known, also before signing."""
        agreed = Case(When(currency="CNY", then="amount"))
        return self.annotate(yuan=Coalesce("amount_cny", agreed))

    def with_sides(self):
        """What a list shows of each agreement: two queries, however many rows."""
        places = ["sector__parent", "district", "park"]
        sides = AgreementParty.objects.select_related("party")
        return self.select_related(*places).prefetch_related(Prefetch("sides", sides))

    def with_thread(self):
        """Each with all that led to it, up to the invitation."""
        return self.select_related(
            "created_by",
            "signed_at_session",
            "project__holder",
            "project__registration__invitation__association",
            "project__registration__invitation__category",
            "project__registration__invitation__edition",
            "project__registration__invitation__owner",
            "project__registration__category",
            "project__registration__decided_by",
            "project__registration__delegation",
            "project__registration__edition",
            "meeting__booking__room",
            "meeting__counterpart__person",
        )

    def tallied(self):
        """Counts and sums by every dimension that a total is asked by: one query.

        Few rows: they only differ in status, currency, sector, place and day.
        """
        by = ["status", "currency", "district", "country", "signed_on", "rate_on"]
        return (
            self.order_by()
            .annotate(top_sector=Coalesce("sector__parent", "sector"))
            .values(*by, "top_sector", "rate", "usd_rate")
            .annotate(
                number=Count("pk"),
                total=Sum("amount"),
                cny=Sum("amount_cny"),
                usd=Sum("amount_usd"),
            )
        )


def sides_of(text: str):
    """The agreements, by key, that a party of this name enters."""
    named = Q(party__name_en__icontains=text) | Q(party__name_zh_hans__icontains=text)
    return AgreementParty.objects.filter(named).values("agreement")


class Agreement(models.Model):
    """A cooperative agreement: a project, its parties, an amount, a signature.

    `amount_cny` and `amount_usd` are computed by PostgreSQL, rounded half up to
    the fen and the cent, from the rates recorded for the day of signing.
    """

    class Status(models.TextChoices):
        INTENTION = "intention", _("Intention")
        NEGOTIATING = "negotiating", _("Negotiating")
        READY = "ready", _("Ready to sign")
        SIGNED = "signed", _("Signed")
        REGISTERED = "registered", _("Company registered")
        FUNDED = "funded", _("Capital arrived")
        CANCELLED = "cancelled", _("Cancelled")

    SIGNED = [Status.SIGNED, Status.REGISTERED, Status.FUNDED]

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="agreements", verbose_name=_("edition")
    )
    reference = models.CharField(_("reference"), max_length=30)
    title = models.CharField(_("title"), max_length=300)
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("project"),
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("meeting"),
    )
    sector = models.ForeignKey(
        Sector, models.PROTECT, related_name="agreements", verbose_name=_("sector")
    )
    district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("district"),
    )
    park = models.ForeignKey(
        Park,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("industrial park"),
    )
    country = CountryField(_("country or region of origin"), blank=True)
    amount = models.DecimalField(_("amount"), **MONEY)
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    rate = models.DecimalField(_("CNY per unit"), **RATE)
    usd_rate = models.DecimalField(_("CNY per USD"), **RATE)
    rate_on = models.DateField(_("day of the rates"), null=True, blank=True)
    amount_cny = models.GeneratedField(
        expression=Round(F("amount") * F("rate"), precision=2),
        output_field=models.DecimalField(**MONEY),
        db_persist=True,
        verbose_name=_("amount in CNY"),
    )
    amount_usd = models.GeneratedField(
        expression=Round(F("amount") * F("rate") / F("usd_rate"), precision=2),
        output_field=models.DecimalField(**MONEY),
        db_persist=True,
        verbose_name=_("amount in USD"),
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.INTENTION)
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    signed_at_session = models.ForeignKey(
        Session,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("signed at"),
    )
    signing_order = models.PositiveSmallIntegerField(_("order of signing"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled"), null=True, blank=True)
    cancel_reason = models.TextField(_("reason"), blank=True)
    note = models.TextField(_("note"), blank=True)
    parties = models.ManyToManyField(
        Party, through="AgreementParty", related_name="agreements", verbose_name=_("parties")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("drawn up by"),
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["reference", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "reference"],
                name="agreement_reference_once_per_edition",
                violation_error_message=_("The edition has an agreement of this reference."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="agreement_amount_not_negative",
                violation_error_message=_("An amount is not negative."),
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"),
                name="agreement_currency_iso",
                violation_error_message=_("A currency is three capital letters."),
            ),
            models.CheckConstraint(
                condition=(Q(rate__isnull=True) | Q(rate__gt=0))
                & (Q(usd_rate__isnull=True) | Q(usd_rate__gt=0)),
                name="agreement_rates_positive",
                violation_error_message=_("A rate is greater than nought."),
            ),
            models.CheckConstraint(
                condition=~Q(currency="CNY") | Q(rate__isnull=True) | Q(rate=1),
                name="agreement_cny_rate_is_one",
                violation_error_message=_("One yuan is worth one yuan."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["signed", "registered", "funded"])
                | Q(
                    signed_on__isnull=False,
                    rate__isnull=False,
                    usd_rate__isnull=False,
                    rate_on__isnull=False,
                ),
                name="agreement_signed_has_date_and_rates",
                violation_error_message=_(
                    "A signed agreement has its date and the rates of a day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_on__isnull=False) & ~Q(cancel_reason="")
                | ~Q(status="cancelled") & Q(cancelled_on__isnull=True),
                name="agreement_cancelled_has_reason",
                violation_error_message=_("A cancelled agreement has a day and a reason."),
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "status"], name="agreement_status_idx"),
            models.Index(fields=["edition", "signed_on"], name="agreement_signed_idx"),
            models.Index(fields=["edition", "sector"], name="agreement_sector_idx"),
            trigram_index("title_en", "agreement_title_en_trgm"),
            trigram_index("title_zh_hans", "agreement_title_zh_trgm"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def is_counted(self) -> bool:
        """Whether the official figures count it."""
        return self.status in self.SIGNED

    @property
    def other_title(self) -> str:
        """The title in the language that is not the reader's."""
        return in_the_other_language(self.title_en, self.title_zh_hans, self.title)

    @property
    def top_sector(self) -> Sector:
        return self.sector.parent or self.sector

    def get_absolute_url(self) -> str:
        return reverse(
            "agreements:agreement",
            kwargs={"edition": self.edition.slug, "reference": self.reference},
        )
