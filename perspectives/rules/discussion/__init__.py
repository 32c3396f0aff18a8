"""Comments on drafts and proposals, and who sees to them."""
