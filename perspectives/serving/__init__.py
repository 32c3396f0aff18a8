"""What pages and API share in answering: validators and compression."""
