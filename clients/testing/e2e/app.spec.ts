import type { Page } from '@playwright/test';
import { expect, test } from '../src/playwright.ts';

async function logIn(page: Page, url: string, { email, password }: { email: string; password: string }) {
  await page.goto(`${url}/#/login`);
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

test('only a person with a verified address logs in', async ({
  page,
  server,
  newUser,
  verifiedUser,
}) => {
  await logIn(page, server.url, newUser);
  await expect(page.getByRole('alert')).toContainText('not confirmed yet');

  await logIn(page, server.url, verifiedUser);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Hello, ${verifiedUser.name}`);
});

test('a code that has expired is replaced by another', async ({ page, server, codeFor }) => {
  await page.clock.install(); // the page counts down by the browser's clock
  await page.goto(server.url);
  await page.getByRole('textbox', { name: 'Name' }).fill('Ada Lovelace');
  await page.getByRole('textbox', { name: 'Email' }).fill('ada@example.com');
  await page.getByRole('textbox', { name: 'Password' }).fill('secure_password');
  await page.getByRole('button', { name: 'Create account' }).click();
  const code = page.getByRole('textbox', { name: 'Code' });

  const expired = await codeFor('ada@example.com');
  await server.advance(3600);
  await page.clock.fastForward('01:00:00');
  await code.fill(expired);
  await expect(page.getByText('This code has expired.')).toBeVisible();

  await page.getByRole('button', { name: 'Resend email' }).click();
  await code.fill(await codeFor('ada@example.com'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hello, Ada Lovelace');
});

test('an outage is told', async ({ page, server, verifiedUser }) => {
  await server.fail('login', 'UnavailableError', { fields: { retryAfterSeconds: 3 } });

  await logIn(page, server.url, verifiedUser);

  await expect(page.getByRole('alert')).toContainText('The server is busy.');
});
