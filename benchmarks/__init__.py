"""How long things take, measured outside the test suite. See docs/performance.md for figures and how to take them."""
