"""One module for each kind of mailbox, loaded by name: each opens its doors from the settings."""
