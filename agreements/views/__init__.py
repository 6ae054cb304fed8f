"""The staff's pages: agreements, one agreement, the report."""
