"""The pages of one topic: comparison, argument map, evidence, frames for other sites."""
