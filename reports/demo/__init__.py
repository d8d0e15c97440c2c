"""The demo city: invented people and believable days, always the same. Refused in production."""
