import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import possibleTypes from '../../../possible-types.json';

const url = process.env.CONNECTX_URL ?? 'http://127.0.0.1:8000';

/**
 * Without `possibleTypes` the cache does not know what implements `UserError` and `FieldError`, and
 * silently drops what was selected through them. `token` is asked for at each request.
 */
export function connectx(
  token: () => string | undefined = () => undefined,
  cache = new InMemoryCache({ possibleTypes }),
): ApolloClient {
  const authorization = new SetContextLink(({ headers }) => {
    const bearer = token();
    return { headers: bearer ? { ...headers, authorization: `Bearer ${bearer}` } : headers };
  });
  return new ApolloClient({
    link: authorization.concat(new HttpLink({ uri: `${url}/graphql` })),
    cache,
  });
}
