"""The access matrix over HTTP: every URL name, who may, and each kind of one who may not.

Each slice lists its pages in a module of this folder, as ``ROWS``; a URL name that no module lists fails
``tests/test_access_matrix.py``, which walks them.
"""
