"""Quizzes as files that learning platforms take in."""
