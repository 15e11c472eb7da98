// A subgraph that takes only service tokens: node posts.js PORT ISSUER AUDIENCE POSTS_JSON
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { buildSchema, graphql } from 'graphql';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const [port, issuer, audience, posts] = process.argv.slice(2);
const sdl = readFileSync(new URL('posts.graphql', import.meta.url), 'utf8');
// graphql-js needs no directive of Federation.
const schema = buildSchema(sdl.replace(/^extend schema.*$/m, '').replace(/@(key|shareable)(\(.*?\))?/g, ''));
const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));

async function reader(headers) {
  const token = headers.authorization?.replace('Bearer ', '');
  if (!token) return null;
  const expected = { issuer, audience, typ: 'at+jwt', algorithms: ['ES256'] };
  const { payload } = await jwtVerify(token, keys, expected);
  return payload.sub;
}

async function answer(request) {
  try {
    const [{ query, variables }, sub] = [await json(request), await reader(request.headers)];
    const own = (post) => ({ ...post, isMine: post.author.id === sub });
    const rootValue = { reader: sub, posts: JSON.parse(posts).map(own) };
    return await graphql({ schema, source: query, variableValues: variables, rootValue });
  } catch (error) {
    return { errors: [{ message: error.message }] };
  }
}

createServer(async (request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(await answer(request)));
}).listen(Number(port), '127.0.0.1', () => console.log('posts is up'));
