"""Secretariat: from a council's mail to a checked page."""
