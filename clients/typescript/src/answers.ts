import type { LoginMutation, RegisterMutation, VerifyEmailMutation } from './gql/graphql';

// Each switch names every member of its union. Where a new release has one more, `unreachable`
// does not compile any longer, and says which.

export function registration(answer: RegisterMutation['register']): string {
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
      return unreachable(answer);
  }
}

export function verification(answer: VerifyEmailMutation['verifyEmail']): string {
  switch (answer.__typename) {
    case 'VerifyEmailSuccess':
    case 'ExpiredOtpError':
    case 'TooManyAttemptsError':
      return answer.message;
    case 'InvalidInputError':
      return answer.errors.map((error) => `${error.field}: ${error.message}`).join('\n');
    case 'InvalidOtpError':
      return `${answer.message} (${answer.attemptsRemaining} more attempts)`;
    case 'RateLimitedError':
    case 'UnavailableError':
      return `${answer.message} (in ${answer.retryAfterSeconds} s)`;
    case 'InternalError':
      return `${answer.message} (${answer.incidentId})`;
    default:
      return unreachable(answer);
  }
}

export function login(answer: LoginMutation['login']): string {
  switch (answer.__typename) {
    case 'LoginSuccess':
    case 'CookieLoginSuccess': // only after `transport: COOKIE`
      return `Logged in as ${answer.user.email}`;
    case 'InvalidCredentialsError':
    case 'EmailNotVerifiedError':
    case 'AccountDisabledError':
    case 'AccountDeletionPendingError':
      return answer.message;
    case 'InvalidInputError':
      return answer.errors.map((error) => `${error.field}: ${error.message}`).join('\n');
    case 'RateLimitedError':
    case 'UnavailableError':
      return `${answer.message} (in ${answer.retryAfterSeconds} s)`;
    case 'InternalError':
      return `${answer.message} (${answer.incidentId})`;
    default:
      return unreachable(answer);
  }
}

function unreachable(answer: never): never {
  throw new Error(`A newer server's answer: ${JSON.stringify(answer)}`);
}
