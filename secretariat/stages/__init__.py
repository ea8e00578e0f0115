"""One module a stage; strangers to each other."""
