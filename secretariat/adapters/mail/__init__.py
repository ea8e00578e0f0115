"""Mail: bytes in and out, and the mailboxes."""
