"""Which descriptions are of one project: plain data in, plain data out, no Django."""
