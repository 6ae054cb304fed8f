"""Guests out of a spreadsheet: columns, rows, a plan, and then all of it or nothing.

columns   which heading, in English or Chinese, means which field
parsing   a row of text to a guest, or the reasons why it is refused
planning  each guest matched with the people we have: created, matched, changed
writing   the plan carried out in one transaction
"""
