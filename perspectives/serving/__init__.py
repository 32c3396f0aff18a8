"""What pages and API share in answering: validators, compression, and memory of what was made."""
