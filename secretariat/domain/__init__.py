"""What is lawful: values and rules of the field, with no I/O, no clock and no log."""
