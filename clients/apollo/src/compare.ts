// What one and the same answer holds with possible types, and without.
import { InMemoryCache } from '@apollo/client';
import { connectx } from './client';
import { RegisterBrieflyDocument } from './gql/graphql';

const refused = {
  mutation: RegisterBrieflyDocument,
  variables: { input: { email: 'ada@example.com', name: 'Ada', password: 'short' } },
};
const { data: full } = await connectx().mutate(refused);
const { data: less } = await connectx(undefined, new InMemoryCache()).mutate(refused);
console.log(JSON.stringify({ with: full, without: less }, null, 2));
