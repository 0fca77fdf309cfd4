"""Runs over many inputs: the job, its inputs, how they are converted (one at a time or in parallel), and the results.

The commands of the command line are thin wrappers around this package; worker processes and clusters use it without a
command line.
"""
