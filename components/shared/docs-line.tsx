import { docsIn } from '../../utils/kakao/docs-links.ts';
import { ExternalLink } from './external-link.tsx';
import { t } from './text.ts';

/** Where something is documented, in the reader's language. */
export function DocsLine({ page }: { page: string }) {
  const address = docsIn(t.language, page);
  return (
    <p>
      {t('guidance.ui.docs')}: <ExternalLink href={address}>{address}</ExternalLink>
    </p>
  );
}
