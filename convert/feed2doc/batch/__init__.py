"""Many inputs: what a run is asked for, one input at a time or many at once, what came of each.

The command line's commands are thin around it; worker processes and clusters run it without a command line.
"""
