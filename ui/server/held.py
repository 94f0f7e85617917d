"""The service of the application a request came to, as a parameter of its route."""

from typing import Annotated

from fastapi import Depends, Request

from ui.server.service import Service


async def held(request: Request) -> Service:
    """What ``make_app`` was given."""
    service: Service = request.app.state.service
    return service


Held = Annotated[Service, Depends(held)]
