import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import possibleTypes from '../../../possible-types.json';

const url = process.env.CONNECTX_URL ?? 'http://127.0.0.1:8000';

/**
 * Without `possibleTypes` the cache does not know what implements `UserError` and `FieldError`, and
 * silently drops what was selected through them. `token` is asked for at each request.
 */
export function connectx(
  token: () => string | undefined = () => undefined,
  cache = cacheExchange({ possibleTypes, keys, logger }),
): Client {
  return new Client({
    url: `${url}/graphql`,
    exchanges: [cache, fetchExchange],
    fetchOptions: () => {
      const bearer = token();
      return bearer ? { headers: { authorization: `Bearer ${bearer}` } } : {};
    },
  });
}

/** What has no id is kept inside what it came with. */
const keys = { RegistrationPolicy: () => null };

/**
 * In development, graphcache tries every fragment of a union on every answer, and complains that
 * the fields of the other members are missing. Its other warnings are worth reading.
 */
function logger(severity: 'debug' | 'error' | 'warn', message: string): void {
  if (severity !== 'debug' && !message.includes('Invalid undefined')) console[severity](message);
}
