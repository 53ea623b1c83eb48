import { render } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** A line of text; tells when it is in the page, as Linkwatch's popup does of its data. */
function Blank() {
  useLayoutEffect(() => {
    performance.mark('linkwatch-data');
    document.body.dataset['ready'] = 'true';
  }, []);
  return <p>Blank</p>;
}

const root = document.getElementById('root');
if (root) render(<Blank />, root);
