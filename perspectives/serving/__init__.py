"""What pages and API share in answering: validators, compression, which database, shared caches."""
