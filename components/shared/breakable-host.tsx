import { Fragment } from 'preact';

/** A host, with its port, that a narrow column breaks after a dot rather than within a word. */
export function BreakableHost({ host }: { host: string }) {
  const labels = host.split(/(?<=\.)/);
  return (
    <>
      {labels.map((label, i) => (
        <Fragment key={i}>
          {i > 0 && <wbr />}
          {label}
        </Fragment>
      ))}
    </>
  );
}
