// npm run verify -- ada@example.com 123456 secure_password
import * as answers from './answers';
import { execute } from './execute';
import { LoginDocument, VerifyEmailDocument, ViewerDocument } from './gql/graphql';

const [email = '', otp = '', password = ''] = process.argv.slice(2);

const { verifyEmail } = await execute(VerifyEmailDocument, { input: { email, otp } });
console.log(answers.verification(verifyEmail));

const { login } = await execute(LoginDocument, { input: { email, password } });
console.log(answers.login(login));

if (login.__typename === 'LoginSuccess') {
  const { viewer } = await execute(ViewerDocument, {}, login.accessToken);
  console.log(`Verified: ${viewer?.isVerified}, role: ${viewer?.role}`);
}
