"""What a machine can see of weak content: evidence, people, wording. Each kind of finding is a row of `kinds.KINDS`."""
