"""The staff's face: GOV.UK pages that ask the office and show its answers; no rules live here."""
