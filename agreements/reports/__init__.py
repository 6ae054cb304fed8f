"""The report of agreements: counted once, shown on screen, as XLSX, CSV and PDF."""
