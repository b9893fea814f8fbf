"""What `splat.py` measures, a module for each of its commands."""
