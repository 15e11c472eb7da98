// What needs no browser: `npm test`, after `npm run build`.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { canBeCode, codeIn } from '../dist/form/code.js';
import { strengthOf } from '../dist/form/strength.js';
import { textsOf, spoken } from '../dist/languages/catalogues.js';
import { inboxOf } from '../dist/screens/inboxes.js';
import { eventsIn } from '../dist/server/eventStream.js';

const LENGTHS = { least: 8, most: 128 };
const ADA = { name: 'Ada Lovelace', email: 'a.lovelace@example.com' };

test('a code may have spaces, dashes and wide digits', () => {
  const codes = ['123456', ' 123 456 ', '123-456', '123\u2013456', '１２３４５６', '123\u200b456'];
  assert.deepEqual(codes.filter((code) => !canBeCode(code)), []);
  assert.deepEqual(['12345', '1234567', '12345a', ''].filter(canBeCode), []);
});

test('the code of a pasted sentence is found where it is the only one', () => {
  assert.equal(codeIn('Your code is 123-456. It works for 10 minutes.'), '123456');
  assert.equal(codeIn('Code: 1 2 3 4 5 6'), '123456');
  assert.equal(codeIn('123456 and again 123 456'), '123456');
  assert.equal(codeIn('123456 or 654321'), null);
  assert.equal(codeIn('+49 30 1234567'), null);
  assert.equal(codeIn('no code'), null);
});

test('a password is rated by length, by what is known of its owner, and by its variety', () => {
  const rated = (password) => strengthOf(password, LENGTHS, ADA);
  assert.equal(rated(''), null);
  assert.equal(rated('short'), 'tooShort');
  assert.equal(rated('x'.repeat(129)), 'tooLong');
  assert.equal(rated('Lovelace1815'), 'hasName');
  assert.equal(rated('example2026'), 'hasEmail');
  assert.equal(rated('abababababab'), 'repetitive');
  assert.equal(rated('kx7Qp2vNw'), 'fair');
  assert.equal(rated('correct horse lovelace'), 'good');
  assert.equal(rated('correct horse battery'), 'good');
  // Decomposed, it has nine code points; the server counts eight.
  assert.equal(strengthOf('pa\u0308sswort', { least: 9, most: 128 }, {}), 'tooShort');
  assert.equal(strengthOf('whatever', undefined, {}), 'fair');
});

test('the inbox of a well-known provider is known, whatever the case of the address', () => {
  assert.deepEqual(inboxOf('Ada@GMail.com'), {
    provider: 'Gmail',
    url: 'https://mail.google.com/',
  });
  assert.equal(inboxOf('ada@hotmail.co.uk').provider, 'Outlook');
  assert.equal(inboxOf('ada@gmx.de').url, 'https://www.gmx.net/');
  assert.equal(inboxOf('ada@gmail.com.example.com'), null);
  assert.equal(inboxOf('ada@notgmail.com'), null);
});

test('events are read as they come, in pieces and with comments between them', () => {
  const [first, rest] = eventsIn(':\n\nevent: next\ndata: {"a":1}\n\nevent: ne');
  assert.deepEqual(first, [{ type: 'next', data: '{"a":1}' }]);
  assert.equal(rest, 'event: ne');
  const [second] = eventsIn(`${rest}xt\r\ndata: {"b":\r\ndata: 2}\r\n\r\n`);
  assert.deepEqual(second, [{ type: 'next', data: '{"b":\n2}' }]);
});

test("an app's texts take the place of the package's, one by one and by language", () => {
  const own = { en: { createAccount: 'Join', register: { label: 'Go' } }, pt: { name: 'Nome' } };
  const english = textsOf('en', own);
  assert.equal(english.createAccount, 'Join');
  assert.deepEqual(english.register, { label: 'Go', sending: textsOf('en').register.sending });
  assert.equal(textsOf('pt', own).name, 'Nome');
  assert.equal(textsOf('pt', own).email, textsOf('en').email);
  assert.equal(textsOf('de', own).createAccount, textsOf('de').createAccount);
  assert.equal(spoken(['pt-BR', 'de'], own), 'pt-BR');
  assert.equal(spoken(['pt-BR', 'de-AT']), 'de-AT');
  assert.equal(spoken(['xx']), 'en');
});
