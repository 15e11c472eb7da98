// Hive Gateway before connectx and other subgraphs: docs/federation.md.
const CONNECTX = process.env.CONNECTX_URL;
const SERVICE_KEY = process.env.CONNECTX_SERVICE_KEY;

const EXCHANGE = `mutation Exchange($audience: String!) {
  issueServiceToken(audience: $audience) { ... on ServiceToken { jwt expiresAt } }
}`;

// The service tokens of people who have asked lately.
const kept = new Map();

async function serviceToken(session, audience) {
  const key = `${audience} ${session}`;
  const known = kept.get(key);
  if (known?.until > Date.now()) return known.jwt;
  const answer = await fetch(CONNECTX, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: session },
    body: JSON.stringify({ query: EXCHANGE, variables: { audience } }),
  });
  const { jwt, expiresAt } = (await answer.json()).data?.issueServiceToken ?? {};
  kept.delete(key);
  if (jwt) kept.set(key, { jwt, until: Date.parse(expiresAt) - 60_000 });
  if (kept.size > 10_000) kept.delete(kept.keys().next().value);
  return jwt;
}

// What everybody may know of everybody who has written something. The service key reads more.
const PUBLIC = new Set(['_entities', '__typename', 'id', 'name', 'tenant', 'displayName']);

const fieldsOf = (node) =>
  (node.selectionSet?.selections ?? []).flatMap((each) =>
    each.kind === 'Field' ? [each.name.value, ...fieldsOf(each)] : fieldsOf(each),
  );

async function authorizationFor({ subgraphName, document }, session) {
  if (subgraphName === 'connectx') {
    const fields = document.definitions.flatMap(fieldsOf);
    const byKey = fields.includes('_entities') && fields.every((field) => PUBLIC.has(field));
    return byKey ? `Bearer ${SERVICE_KEY}` : session;
  }
  // No other subgraph gets the session. Nobody is logged in if there is no token for it.
  const jwt = session && (await serviceToken(session, subgraphName));
  return jwt && `Bearer ${jwt}`;
}

const tokens = {
  async onFetch({ executionRequest, context, options, setOptions }) {
    if (!executionRequest?.subgraphName) return;
    const session = context.request.headers.get('authorization');
    const authorization = await authorizationFor(executionRequest, session);
    if (authorization) setOptions({ ...options, headers: { ...options.headers, authorization } });
  },
};

// connectx answers in the person's language, names their browser and counts by their address.
const aboutTheClient = ({ request, context }) => {
  const addresses = [request.headers.get('x-forwarded-for'), context.req.socket.remoteAddress];
  return {
    'accept-language': request.headers.get('accept-language'),
    'user-agent': request.headers.get('user-agent'),
    'x-forwarded-for': addresses.filter(Boolean).join(', '),
  };
};

export const gatewayConfig = {
  supergraph: './supergraph.graphql',
  plugins: () => [tokens],
  propagateHeaders: { fromClientToSubgraphs: aboutTheClient },
};
