"""The service `orders`, which a client asks with a token that `issueServiceToken` gave for it.

uvicorn service:app --port 3000
"""

import os
from typing import Annotated, Any

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

ISSUER = os.environ.get("CONNECTX_URL", "http://127.0.0.1:8000")

app = FastAPI()
keys = jwt.PyJWKClient(f"{ISSUER}/.well-known/jwks.json", lifespan=300)


def person(bearer: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> Any:
    """The claims of whoever asks."""
    token = bearer.credentials
    try:
        key = keys.get_signing_key_from_jwt(token)
        read = jwt.decode_complete(
            token, key, algorithms=["ES256"], audience="orders", issuer=ISSUER
        )
    except jwt.PyJWKClientConnectionError:
        raise HTTPException(503, "The keys cannot be read.") from None
    except jwt.PyJWTError:
        raise HTTPException(401, "The token is not valid here.") from None
    if read["header"].get("typ") != "at+jwt":
        raise HTTPException(401, "The token is not valid here.")
    return read["payload"]


@app.get("/orders")
def orders(person: Annotated[Any, Depends(person)]) -> dict[str, Any]:
    return {"person": person["sub"], "role": person["role"], "orders": []}
