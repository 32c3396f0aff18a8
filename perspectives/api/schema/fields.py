"""Types of members that several shapes share."""

from typing import Annotated

from pydantic import Field

Count = Annotated[int, Field(ge=0)]
EditionNumber = Annotated[int, Field(ge=1)]
Pixels = Annotated[int, Field(ge=1)]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Address = Annotated[str, Field(json_schema_extra={"format": "uri"})]
