"""Writes: one function an action, each in the order lock, permit, check, write, record, enqueue."""
