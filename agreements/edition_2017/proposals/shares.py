"""How many projects there are, by sector and by what became of them."""

# Invited and not withdrawn: over 1,500, as reported.
INVITED = {"information": 561, "biomedicine": 421, "manufacturing": 361, "finance": 175}
# References: IT-0001 and so on.
LETTERS = {"information": "IT", "biomedicine": "BM", "manufacturing": "EM", "finance": "FS"}
# How the invited ones stand on the first day; the rest is accepted. Shares of a hundred.
STANDING = {"shortlisted": 3, "in_review": 14, "eligible": 12, "accepted": 71}
# On top of the invited: withdrawn after the invitation, applied in vain, not decided.
WITHDRAWN, DECLINED, APPLIED, DRAFT = 31, 44, 18, 9
COMPETING = 0.42
# One holder in twelve brings two projects.
SECOND_PROJECT = 12
# Of the invited professionals, those who bring a project of their own.
PROFESSIONALS_WITH_PROJECT = 0.68
