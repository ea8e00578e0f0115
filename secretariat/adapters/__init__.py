"""What stands behind each door; the families are strangers to each other."""
