// npm run example -- ada@example.com secure_password
import { commitMutation, fetchQuery, getSingularSelector } from 'relay-runtime';
import LoginNode from './__generated__/Login.graphql';
import type { Login } from './__generated__/Login.graphql';
import LoginResultNode from './__generated__/LoginResultFields.graphql';
import type { LoginResultFields$data } from './__generated__/LoginResultFields.graphql';
import ViewerNode from './__generated__/Viewer.graphql';
import type { Viewer } from './__generated__/Viewer.graphql';
import { connectx } from './environment';

const [email = '', password = ''] = process.argv.slice(2);

let token: string | undefined;
const environment = connectx(() => token);

const answer = await login();
switch (answer.__typename) {
  case 'LoginSuccess':
    token = answer.accessToken;
    console.log(await viewer());
    break;
  case 'RateLimitedError':
  case 'UnavailableError':
    console.log(`${answer.message} (in ${answer.retryAfterSeconds} s)`);
    break;
  case 'CookieLoginSuccess': // only after `transport: COOKIE`
  case '%other': // a member that a newer server has
    break;
  default:
    console.log(answer.message);
}

/** In React: `useMutation`, and `useFragment` for what it answers. */
function login(): Promise<LoginResultFields$data> {
  return new Promise((resolve, reject) => {
    commitMutation<Login>(environment, {
      mutation: LoginNode,
      variables: { input: { email, password } },
      onCompleted: (response) => {
        const selector = getSingularSelector(LoginResultNode, response.login);
        resolve(environment.lookup(selector!).data as unknown as LoginResultFields$data);
      },
      onError: reject,
    });
  });
}

async function viewer(): Promise<string> {
  const seen = await fetchQuery<Viewer>(environment, ViewerNode, {}).toPromise();
  return `${seen?.viewer?.email}, verified: ${seen?.viewer?.isVerified}`;
}
