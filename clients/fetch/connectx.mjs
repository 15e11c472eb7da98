// connectx by `fetch`, in a browser or in Node.js: no library, no build.

/** What a document answers, expected failures included. Throws if the server refuses the request. */
export async function ask(server, query, variables = {}, token = undefined) {
  const response = await fetch(`${server}/graphql`, {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json',
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) {
    throw new Error(errors.map((error) => error.message).join('\n'));
  }
  return data;
}

const REGISTER = `mutation Register($input: RegisterInput!) {
  register(input: $input) {
    __typename
    ... on RegisterSuccess { message verification { id methods } continuation }
    ... on RegistrationPending { message verification { id methods } continuation }
    ... on InvalidInputError { errors { field message } }
    ... on RateLimitedError { retryAfterSeconds }
    ... on UnavailableError { retryAfterSeconds }
    ... on UserError { message }
  }
}`;

const LOGIN = `mutation Login($input: LoginInput!) {
  login(input: $input) {
    __typename
    ... on LoginSuccess { accessToken user { email isVerified } }
    ... on UserError { message }
  }
}`;

export async function register(server, input) {
  return (await ask(server, REGISTER, { input })).register;
}

export async function login(server, input) {
  return (await ask(server, LOGIN, { input })).login;
}

export async function viewer(server, token) {
  return (await ask(server, '{ viewer { name email isVerified } }', {}, token)).viewer;
}
