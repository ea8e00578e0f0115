"""Random damage to mails and papers, by hand: `python -m tests.fuzz --minutes 10`."""
