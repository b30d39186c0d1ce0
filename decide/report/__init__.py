"""Results to finished strings (view), and those to pages, charts and the tree picture."""
