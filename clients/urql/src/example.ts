// npm run example -- ada@example.com secure_password
import { connectx } from './client';
import { LoginDocument, ViewerDocument } from './gql/graphql';

const [email = '', password = ''] = process.argv.slice(2);

let token: string | undefined;
const client = connectx(() => token);

const { data } = await client.mutation(LoginDocument, { input: { email, password } });
if (data?.login.__typename === 'LoginSuccess') {
  token = data.login.accessToken;
  const { data: seen } = await client.query(ViewerDocument, {});
  console.log(`${seen?.viewer?.email}, verified: ${seen?.viewer?.isVerified}`);
} else if (data?.login.__typename !== 'CookieLoginSuccess') { // that one has to be asked for
  console.log(data?.login.message);
}
