// node example.mjs register 'Ada Lovelace' ada@example.com secure_password
// node example.mjs login ada@example.com secure_password
import { login, register, viewer } from './connectx.mjs';

const server = process.env.CONNECTX_URL ?? 'http://127.0.0.1:8000';

const commands = {
  async register(name, email, password) {
    const answer = await register(server, { name, email, password });
    switch (answer.__typename) {
      case 'InvalidInputError':
        return answer.errors.map(({ field, message }) => `${field}: ${message}`).join('\n');
      case 'EmailAlreadyExistsError':
        return `${answer.message} Log in instead?`;
      case 'RateLimitedError':
      case 'UnavailableError':
        return `${answer.message} (in ${answer.retryAfterSeconds} s)`;
      default:
        return answer.message;
    }
  },
  async login(email, password) {
    const answer = await login(server, { email, password });
    if (answer.__typename !== 'LoginSuccess') {
      return answer.message;
    }
    const seen = await viewer(server, answer.accessToken);
    return `${seen.email}, verified: ${seen.isVerified}`;
  },
};

const [command, ...typed] = process.argv.slice(2);
console.log(await commands[command](...typed));
