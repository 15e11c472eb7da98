// npm run example -- register 'Ada Lovelace' ada@example.com secure_password
// npm run example -- login ada@example.com secure_password
import type { ResultOf } from 'gql.tada';
import { execute } from './execute';
import { graphql } from './graphql';

const Register = graphql(`
  mutation Register($input: RegisterInput!) {
    register(input: $input) {
      __typename
      ... on RegisterSuccess { message }
      ... on RegistrationPending { message }
      ... on RegisterDryRunSuccess { message }
      ... on InvalidInputError { errors { field message } }
      ... on EmailAlreadyExistsError { message }
      ... on RateLimitedError { message retryAfterSeconds }
      ... on UnavailableError { message retryAfterSeconds }
      ... on InternalError { message incidentId }
    }
  }
`);

const Login = graphql(`
  mutation Login($input: LoginInput!) {
    login(input: $input) {
      __typename
      ... on LoginSuccess { accessToken }
      ... on UserError { message }
    }
  }
`);

const Viewer = graphql(`query Viewer { viewer { email isVerified } }`);

/** Each member of the union has its case: `satisfies never` names one that is missing. */
function told(answer: ResultOf<typeof Register>['register']): string {
  switch (answer.__typename) {
    case 'RegisterSuccess':
    case 'RegistrationPending':
    case 'RegisterDryRunSuccess':
      return answer.message;
    case 'InvalidInputError':
      return answer.errors.map((error) => `${error.field}: ${error.message}`).join('\n');
    case 'EmailAlreadyExistsError':
      return `${answer.message} Log in instead?`;
    case 'RateLimitedError':
    case 'UnavailableError':
      return `${answer.message} (in ${answer.retryAfterSeconds} s)`;
    case 'InternalError':
      return `${answer.message} (${answer.incidentId})`;
    default:
      return answer satisfies never;
  }
}

async function register([name = '', email = '', password = '']: string[]): Promise<string> {
  const answer = await execute(Register, { input: { name, email, password } });
  return told(answer.register);
}

async function login([email = '', password = '']: string[]): Promise<string> {
  const { login: answer } = await execute(Login, { input: { email, password } });
  if (answer.__typename === 'LoginSuccess') {
    const { viewer } = await execute(Viewer, {}, answer.accessToken);
    return `${viewer?.email}, verified: ${viewer?.isVerified}`;
  }
  return 'message' in answer ? answer.message : answer.__typename;
}

const [command, ...typed] = process.argv.slice(2);
console.log(await (command === 'register' ? register(typed) : login(typed)));
