"""Papers of many houses: what each kind says is one thing, how a house prints it another.

A family is a kind of paper in one of four dialects; how it looks is drawn anew for every case file.
"""
