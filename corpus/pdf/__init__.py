"""From PDF to passages."""
