import { maskClientId } from '../../utils/kakao/mask-client-id.ts';
import { UNKNOWN_APP } from '../../utils/model/app.ts';
import { t } from './text.ts';

/** Returns an app's key as it is shown: masked, or that the app is not known. */
export const appName = (clientId: string): string =>
  clientId === UNKNOWN_APP ? t('report.noApp') : maskClientId(clientId);
