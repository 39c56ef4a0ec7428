/** Two files to keep beside the kit: they check it and make its transactions without the desk. */
export function PageOfKit() {
  return (
    <>
      <a href="/exit.html" download title="Checks a kit and makes its transactions without the desk">
        exit.html
      </a>{' '}
      <a href="/exit.js" download title="What exit.html runs: keep both">
        exit.js
      </a>
    </>
  );
}
