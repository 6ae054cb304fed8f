"""Schedules of other programs: files read into plain data, planned, written.

`reading` finds out what a file is and asks the reader of that format; readers
know neither Django's models nor one another. `planning` compares what they found
with the rows there are, `writing` carries the plan out.
"""
