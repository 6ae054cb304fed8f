"""The programme of 8-10 November 2017: venues, forums, competition, visits."""
