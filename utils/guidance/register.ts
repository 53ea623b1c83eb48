import { adminKeyInBrowser } from './rules/admin-key-in-browser.ts';
import { apiEnded } from './rules/api-ended.ts';
import { badServerReport } from './rules/bad-server-report.ts';
import { callFailed } from './rules/call-failed.ts';
import { callRefused } from './rules/call-refused.ts';
import { clientSecretInBrowser } from './rules/client-secret-in-browser.ts';
import { codeInOtherUrl } from './rules/code-in-other-url.ts';
import { codeUsedTwice } from './rules/code-used-twice.ts';
import { connectedAtMoved } from './rules/connected-at-moved.ts';
import { consentAgain } from './rules/consent-again.ts';
import { consentCancelled } from './rules/consent-cancelled.ts';
import { cutByKakao } from './rules/cut-by-kakao.ts';
import { errorPageUnknown } from './rules/error-page-unknown.ts';
import { exchangeFailed } from './rules/exchange-failed.ts';
import { featureOff } from './rules/feature-off.ts';
import { forbiddenUnknown } from './rules/forbidden-unknown.ts';
import { implicitFlow } from './rules/implicit-flow.ts';
import { lateCall } from './rules/late-call.ts';
import { libraryNoProfile } from './rules/library-no-profile.ts';
import { libraryOidc } from './rules/library-oidc.ts';
import { libraryTokenInfo } from './rules/library-token-info.ts';
import { linkModeContradicted } from './rules/link-mode-contradicted.ts';
import { loginError } from './rules/login-error.ts';
import { manualMeAlone } from './rules/manual-me-alone.ts';
import { manualNoSignup } from './rules/manual-no-signup.ts';
import { manyIncompleteCallbacks } from './rules/many-incomplete-callbacks.ts';
import { noCallYet } from './rules/no-call-yet.ts';
import { noPermission } from './rules/no-permission.ts';
import { noState } from './rules/no-state.ts';
import { notLinked } from './rules/not-linked.ts';
import { oauthError } from './rules/oauth-error.ts';
import { plainHttpRedirect } from './rules/plain-http-redirect.ts';
import { recordingPaused } from './rules/recording-paused.ts';
import { refreshRefused } from './rules/refresh-refused.ts';
import { retiredCall } from './rules/retired-call.ts';
import { scopeEveryTime } from './rules/scope-every-time.ts';
import { scopeMissing } from './rules/scope-missing.ts';
import { sdkV1 } from './rules/sdk-v1.ts';
import { serverSilent } from './rules/server-silent.ts';
import { signupOnAuto } from './rules/signup-on-auto.ts';
import { silentLoginRefused } from './rules/silent-login-refused.ts';
import { siteNotWatched } from './rules/site-not-watched.ts';
import { stoppedCompleting } from './rules/stopped-completing.ts';
import { throughAccountPasted } from './rules/through-account-pasted.ts';
import { tokenInUrl } from './rules/token-in-url.ts';
import { tokenOnly } from './rules/token-only.ts';
import { tokenRefused } from './rules/token-refused.ts';
import { unconfirmedOnly } from './rules/unconfirmed-only.ts';
import { uncountedOnly } from './rules/uncounted-only.ts';
import { unlinkAsLogout } from './rules/unlink-as-logout.ts';
import { userIdChanged } from './rules/user-id-changed.ts';
import { watchedAfterLogin } from './rules/watched-after-login.ts';
import { windowPassed } from './rules/window-passed.ts';
import type { Rule } from './rule.ts';

/** Every rule, the more specific before the more general: of two that weigh the same, the first is shown first. */
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
