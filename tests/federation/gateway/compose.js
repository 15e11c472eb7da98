// Composes connectx and the subgraph of posts: node compose.js CONNECTX_SDL CONNECTX_URL POSTS_URL
import { readFileSync } from 'node:fs';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';

const [sdl, connectx, posts] = process.argv.slice(2);
const read = (file) => parse(readFileSync(file, 'utf8'));
const composed = composeServices([
  { name: 'connectx', typeDefs: read(sdl), url: connectx },
  { name: 'posts', typeDefs: read(new URL('posts.graphql', import.meta.url)), url: posts },
]);
if (composed.errors) {
  console.error(composed.errors.map((error) => error.message).join('\n'));
  process.exit(1);
}
console.log(composed.supergraphSdl);
