"""Schemathesis over the whole OpenAPI document against the running system: `make fuzz` asks far more."""

import os

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "10"))
"""Generated cases for each operation and phase."""
CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "unsupported_method", "missing_required_header",
)  # fmt: skip
