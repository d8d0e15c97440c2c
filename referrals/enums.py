"""The fixed vocabularies of referrals."""
