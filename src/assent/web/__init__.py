"""The web door: pages, files and the API; no logic of its own."""
