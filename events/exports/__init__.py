"""The released programme in the formats of other programs: schedule.xml and schedule.json.

Written to the letter of their schemas (docs/decisions/0022-schedule-formats.md), from
the release alone. Cancelled sessions are left out: readers of these formats take
what is missing for cancelled.
"""
