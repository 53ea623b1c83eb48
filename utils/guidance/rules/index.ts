import type { Rule } from '../rule.ts';
import { lateCall } from './completion/late-call.ts';
import { libraryNoProfile } from './completion/library-no-profile.ts';
import { libraryOidc } from './completion/library-oidc.ts';
import { libraryTokenInfo } from './completion/library-token-info.ts';
import { manualMeAlone } from './completion/manual-me-alone.ts';
import { manualNoSignup } from './completion/manual-no-signup.ts';
import { noCallYet } from './completion/no-call-yet.ts';
import { retiredCall } from './completion/retired-call.ts';
import { signupOnAuto } from './completion/signup-on-auto.ts';
import { tokenOnly } from './completion/token-only.ts';
import { unconfirmedOnly } from './completion/unconfirmed-only.ts';
import { uncountedOnly } from './completion/uncounted-only.ts';
import { windowPassed } from './completion/window-passed.ts';
import { codeInOtherUrl } from './exchange/code-in-other-url.ts';
import { codeUsedTwice } from './exchange/code-used-twice.ts';
import { exchangeFailed } from './exchange/exchange-failed.ts';
import { refreshRefused } from './exchange/refresh-refused.ts';
import { connectedAtMoved } from './link/connected-at-moved.ts';
import { consentAgain } from './link/consent-again.ts';
import { cutByKakao } from './link/cut-by-kakao.ts';
import { linkModeContradicted } from './link/link-mode-contradicted.ts';
import { unlinkAsLogout } from './link/unlink-as-logout.ts';
import { userIdChanged } from './link/user-id-changed.ts';
import { apiEnded } from './refusals/api-ended.ts';
import { callFailed } from './refusals/call-failed.ts';
import { callRefused } from './refusals/call-refused.ts';
import { featureOff } from './refusals/feature-off.ts';
import { forbiddenUnknown } from './refusals/forbidden-unknown.ts';
import { noPermission } from './refusals/no-permission.ts';
import { notLinked } from './refusals/not-linked.ts';
import { scopeMissing } from './refusals/scope-missing.ts';
import { tokenRefused } from './refusals/token-refused.ts';
import { consentCancelled } from './requests/consent-cancelled.ts';
import { errorPageUnknown } from './requests/error-page-unknown.ts';
import { implicitFlow } from './requests/implicit-flow.ts';
import { loginError } from './requests/login-error.ts';
import { noState } from './requests/no-state.ts';
import { oauthError } from './requests/oauth-error.ts';
import { plainHttpRedirect } from './requests/plain-http-redirect.ts';
import { scopeEveryTime } from './requests/scope-every-time.ts';
import { sdkV1 } from './requests/sdk-v1.ts';
import { silentLoginRefused } from './requests/silent-login-refused.ts';
import { throughAccountPasted } from './requests/through-account-pasted.ts';
import { adminKeyInBrowser } from './secrets/admin-key-in-browser.ts';
import { clientSecretInBrowser } from './secrets/client-secret-in-browser.ts';
import { tokenInUrl } from './secrets/token-in-url.ts';
import { manyIncompleteCallbacks } from './session/many-incomplete-callbacks.ts';
import { stoppedCompleting } from './session/stopped-completing.ts';
import { badServerReport } from './visibility/bad-server-report.ts';
import { recordingPaused } from './visibility/recording-paused.ts';
import { serverSilent } from './visibility/server-silent.ts';
import { siteNotWatched } from './visibility/site-not-watched.ts';
import { watchedAfterLogin } from './visibility/watched-after-login.ts';

/**
 * Every rule, the more specific before the more general: of two findings of one severity, that of the first rule is
 * shown first.
 */
export const RULES: readonly Rule[] = [
  manualMeAlone,
  manualNoSignup,
  exchangeFailed,
  scopeMissing,
  featureOff,
  noPermission,
  apiEnded,
  notLinked,
  tokenRefused,
  callRefused,
  forbiddenUnknown,
  callFailed,
  retiredCall,
  uncountedOnly,
  unconfirmedOnly,
  tokenOnly,
  windowPassed,
  libraryNoProfile,
  libraryTokenInfo,
  libraryOidc,
  lateCall,
  cutByKakao,
  consentAgain,
  userIdChanged,
  connectedAtMoved,
  unlinkAsLogout,
  codeUsedTwice,
  codeInOtherUrl,
  signupOnAuto,
  serverSilent,
  watchedAfterLogin,
  siteNotWatched,
  recordingPaused,
  noCallYet,
  oauthError,
  errorPageUnknown,
  loginError,
  implicitFlow,
  refreshRefused,
  linkModeContradicted,
  scopeEveryTime,
  throughAccountPasted,
  plainHttpRedirect,
  noState,
  silentLoginRefused,
  consentCancelled,
  sdkV1,
  adminKeyInBrowser,
  clientSecretInBrowser,
  tokenInUrl,
  stoppedCompleting,
  manyIncompleteCallbacks,
  badServerReport,
];
