// A subgraph that takes only service tokens: node posts.js PORT JWKS_URL AUDIENCE POSTS_JSON
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { buildSchema, graphql } from 'graphql';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const [port, jwks, audience, posts] = process.argv.slice(2);
const sdl = readFileSync(new URL('posts.graphql', import.meta.url), 'utf8');
// graphql-js needs no directive of Federation.
const schema = buildSchema(sdl.replace(/^extend schema.*$/m, '').replace(/@(key|shareable)(\(.*?\))?/g, ''));
const keys = createRemoteJWKSet(new URL(jwks));

async function reader(headers) {
  const token = headers.authorization?.replace('Bearer ', '');
  if (!token) return null;
  const { payload } = await jwtVerify(token, keys, { audience });
  return payload.sub;
}

createServer(async (request, response) => {
  const { query, variables } = await json(request);
  const answer = await reader(request.headers).then(
    (sub) => {
      const rootValue = {
        posts: JSON.parse(posts).map((post) => ({ ...post, isMine: post.author.id === sub })),
      };
      return graphql({ schema, source: query, variableValues: variables, rootValue });
    },
    (error) => ({ errors: [{ message: error.message }] }),
  );
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer));
}).listen(Number(port), '127.0.0.1', () => console.log('posts is up'));
