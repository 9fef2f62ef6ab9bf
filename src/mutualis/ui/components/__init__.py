"""Our own components: each a small JavaScript module beside the Python function that mounts it."""
