"""Records of sources: their shape, identifiers, changes, and which two may be one."""
