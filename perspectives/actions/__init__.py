"""Writes: one function a deed, each in the order lock, permit, check, write, record, enqueue."""
