// What one and the same answer holds with possible types, and without.
import { cacheExchange } from '@urql/exchange-graphcache';
import { connectx } from './client';
import { RegisterBrieflyDocument } from './gql/graphql';

const refused = { input: { email: 'ada@example.com', name: 'Ada', password: 'short' } };
const ignorant = connectx(undefined, cacheExchange({}));

const { data: full } = await connectx().mutation(RegisterBrieflyDocument, refused);
const { data: less } = await ignorant.mutation(RegisterBrieflyDocument, refused);
console.log(JSON.stringify({ with: full, without: less }, null, 2));
