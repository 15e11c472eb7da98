import { useSignIn, WayLink } from '@connectx/react';

/** A form of the app's own, with what the hook knows: the names of its fields are the hook's. */
export function OwnSignIn() {
  const { form } = useSignIn({});
  return (
    <form className="club-card" {...form.attributes}>
      <h2>Welcome back</h2>
      <label>
        Address
        <input name="email" type="email" autoComplete="username" />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" />
      </label>
      <p role="alert">
        {form.problems.email?.message ?? form.problems.password?.message ?? form.refusal?.message}
      </p>
      <button className="club-button" aria-disabled={form.unavailable}>Enter</button>
      <WayLink to="resetPassword">I forgot it</WayLink>
    </form>
  );
}
