// npm run register -- 'Ada Lovelace' ada@example.com secure_password
import { registration } from './answers';
import { execute } from './execute';
import { RegisterDocument, RegistrationPolicyDocument } from './gql/graphql';

const [name = '', email = '', password = ''] = process.argv.slice(2);

const { registrationPolicy: policy } = await execute(RegistrationPolicyDocument, {});
console.log(`Passwords have at least ${policy?.passwordMinLength} characters.`);

const { register } = await execute(RegisterDocument, { input: { name, email, password } });
console.log(registration(register));
