"""Findings and anatomies as text and JSON: pure functions over results, nothing is read or printed here."""
