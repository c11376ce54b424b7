/** What a tab without a secret shows. */
export function SignInView() {
  return (
    <main class="sign-in">
      <h1>Muster</h1>
      <p>This tab is not signed in.</p>
      <p>
        Run <code>muster dashboard</code> in a terminal on the machine where the service runs: it
        opens this page with a code that works once.
      </p>
    </main>
  );
}
