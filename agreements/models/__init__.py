from agreements.models.agreements import Agreement, AgreementParty, Party
from agreements.models.rates import ExchangeRate

__all__ = ["Agreement", "AgreementParty", "ExchangeRate", "Party"]
