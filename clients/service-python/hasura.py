"""Shows the session variables that Hasura takes from a token, as it checks and reads them.

python hasura.py TOKEN
"""

import json
import os
import sys

import jwt

ISSUER = os.environ.get("CONNECTX_URL", "http://127.0.0.1:8000")
NAMESPACE = "https://hasura.io/jwt/claims"

token = sys.argv[1]
key = jwt.PyJWKClient(f"{ISSUER}/.well-known/jwks.json").get_signing_key_from_jwt(token)
claims = jwt.decode(token, key, algorithms=["ES256"], audience="hasura", issuer=ISSUER)
variables = claims[NAMESPACE]
# Hasura refuses a token whose default role is not among the allowed ones.
if variables["x-hasura-default-role"] not in variables["x-hasura-allowed-roles"]:
    sys.exit("The default role is not allowed.")
print(json.dumps(variables, indent=2))
