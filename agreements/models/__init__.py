from agreements.models.agreements import Agreement
from agreements.models.parties import AgreementParty, Party
from agreements.models.rates import ExchangeRate

__all__ = ["Agreement", "AgreementParty", "ExchangeRate", "Party"]
