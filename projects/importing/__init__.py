"""Lists of projects: read, understood, planned, written; nothing of a row is lost unsaid."""
