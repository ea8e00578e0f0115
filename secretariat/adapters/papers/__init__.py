"""Papers: the isolated reader, what it reads, and the vault."""
