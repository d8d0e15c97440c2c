"""What is really inside an uploaded file, and a copy of it without metadata and without anything that acts.

Runs in a process of its own (``python -m papers.cleaning``), with little memory and little time, so that a file made
to break a reader breaks nothing else. Nothing here knows Django.
"""
