/** Who may see and do what, as long as nobody signs in. */
export function Foot() {
  return (
    <footer className="foot">
      There is no sign-in yet: this server answers this machine only, and everyone on it is <code>local</code>{' '}
      in the ledger.
    </footer>
  );
}
