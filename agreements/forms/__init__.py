"""Forms of agreements: the filters of the list and its report."""
