// The service `orders`, which a client asks with a token that `issueServiceToken` gave for it.
import express from 'express';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';

const issuer = process.env.CONNECTX_URL ?? 'http://127.0.0.1:8000';
const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', issuer));
const expected = { issuer, audience: 'orders', typ: 'at+jwt', algorithms: ['ES256'] };
const app = express();

app.get('/orders', async (request, response) => {
  const token = request.get('authorization')?.replace(/^Bearer /i, '') ?? '';
  try {
    const { payload } = await jwtVerify(token, keys, expected);
    response.json({ person: payload.sub, role: payload.role, orders: [] });
  } catch (error) {
    // Anything else is an outage: the keys could not be read, for example.
    response.sendStatus(error instanceof errors.JOSEError ? 401 : 503);
  }
});

app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
