"""Intake at the desk."""
