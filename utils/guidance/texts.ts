// Made from locales/ by scripts/write-rules.ts. Change the words there.
import type { Messages } from './text.ts';

/** What guidance says, for programs without the browser's own catalogue. */
export const GUIDANCE_TEXTS: Record<'en' | 'ko', Messages> = {
  en: {
    guidance: {
      rules: {
        manual_me_alone: {
          title: 'Only `POST /v1/user/signup` completes this login; $1 does not',
          detail:
            'This app links manually. An account that has not called the sign-up stays pre-registered, and `/v2/user/me` answers 200 for it all the same.',
        },
        manual_no_signup: {
          title: 'No successful `POST /v1/user/signup` has been seen',
          detail:
            'Under manual link, only `POST /v1/user/signup` within 24 hours completes a first login.',
        },
        exchange_failed: {
          title: 'The code was not turned into a token ($1)',
          detail:
            'Kakao counts a login as done only once the token was issued, and without a token no call can follow.',
        },
        scope_missing: {
          title: '$1 was refused: the account has not consented to it (-402)',
          detail:
            'The call needs consent items that this account has not agreed to. The answer names them in `required_scopes`.',
          named: 'The call needs consent to $1.',
        },
        feature_off: {
          title: '$1 was refused: the feature is off in the console (-3)',
          detail:
            'Kakao answers -3 when something the call needs is not switched on for the app, such as a consent item or the API itself.',
        },
        no_permission: {
          title: '$1 was refused: the app lacks the permission (-5)',
          detail: 'This is about the app, not about the account: the API must be applied for.',
        },
        api_ended: {
          title: '$1 was refused: Kakao has ended this API (-9)',
          detail:
            'It stands on the list of 2020, but it does not answer 200 any more, so it cannot complete anything.',
        },
        not_linked: {
          title: '$1 was refused: the account is not linked to the app (-101)',
          detail: 'Kakao knows the token, but there is no link between this account and the app.',
        },
        token_refused: {
          title: '$1 was refused: the token was not accepted (401)',
          detail:
            'Only a 200 completes a login. The link itself may be fine: -401 is about the token or the key.',
        },
        call_refused: { title: '$1 was refused ($2)', detail: 'Only a 200 completes a login.' },
        forbidden_unknown: {
          title: '$1 was refused with 403; the reason stands only in the body',
          detail: 'The browser does not show the body here, and 403 has at least six causes.',
        },
        call_failed: {
          title: '$1 failed ($2)',
          detail: 'Only a 200 completes a login. Why it failed is not known here.',
          signup:
            'The sign-up call also answers 400 where the account is linked already (-102), and under manual link that is as good as a success. The code cannot be seen here.',
        },
        retired_call: {
          title: '$1 belongs to an API that Kakao has retired',
          detail: 'Old samples still use it. It does not complete a login.',
        },
        uncounted_only: {
          title: 'Only calls that do not count were seen: $1',
          detail:
            'These calls read no personal data of Kakao’s list, so the account would be treated as an incomplete sign-up.',
        },
        unconfirmed_only: {
          title: 'It is not confirmed that $1 counts',
          detail:
            'It reads personal data, but Kakao’s list of 2020 does not name it. That is no refusal: Kakao has never said either way.',
        },
        token_only: {
          title: 'A token was issued, and no call with it was seen',
          detail: 'A token alone does not complete a first login.',
          id_token:
            'The answer carried an ID token. Its claims make a call look unnecessary, but reading them does not complete a first login.',
        },
        window_passed: {
          title: 'The window passed, and no qualifying call was seen',
          detail:
            'Kakao’s daily job cuts a link for which no such call was made within 24 hours, from wherever. The account then consents again at its next login, and with Fixed User ID off it gets a new user ID.',
          rehearsal: 'Only the rehearsal window has passed. Kakao’s own window is 24 hours.',
        },
        library_no_profile: {
          title: 'SDK v1 logged in by a popup, and no call was seen after it',
          detail:
            '`react-kakao-login` does this when `needProfile` is false: it then makes no call to `/v2/user/me`.',
        },
        library_token_info: {
          title: 'The page only asks whether its token is valid',
          detail:
            'Some libraries for the web do so in `isLogined` or `getAccessToken`, `react-native-kakao` among them. That call never counts.',
        },
        library_oidc: {
          title: 'An OpenID Connect client seems to be at work',
          detail:
            'Of all user calls, only `/v1/oidc/userinfo` was made. Kakao’s list does not name it.',
        },
        late_call: {
          title: '$1 came after the window',
          detail:
            'If Kakao’s daily job ran before it, the link had been cut by then. The call itself does not tell.',
          rehearsal:
            'It still came within Kakao’s own 24 hours: only the rehearsal window had passed.',
        },
        cut_by_kakao: {
          title: 'Kakao cut this link as an incomplete sign-up',
          detail:
            'The callback log names this account with `INCOMPLETE_SIGN_UP`. Its tokens ended at once.',
        },
        consent_again: {
          title: 'The account had been linked and had to consent again',
          detail:
            'Consent is shown only for a new link or for additional items. What went before this login decides between the causes.',
        },
        user_id_changed: {
          title: 'The same account seems to have another user ID now',
          detail:
            'Linkwatch compares salted hashes only; it does not know the IDs. The logins share a Kakao session or the tester’s name for the account.',
        },
        connected_at_moved: {
          title: '`connected_at` has moved: the link was made anew',
          detail:
            'The same user ID came with a newer `connected_at` than before, so the link was cut and made again in between.',
        },
        unlink_as_logout: {
          title: 'The page called `/v1/user/unlink`',
          detail:
            'It cuts the link and ends all tokens at once; Kakao sends no webhook for it. Right for a member who leaves the service, wrong as a log-out.',
        },
        code_used_twice: {
          title: 'The same login asked for a token twice, and one request was refused',
          detail:
            'Most likely one code was handed in twice (KOE320). The code of the error cannot be seen here.',
          known:
            'Kakao answered KOE320. As the other request succeeded, the code had most likely been used already; the login itself is fine.',
        },
        code_in_other_url: {
          title: 'A page other than the callback was opened with a `code` in its address: $1',
          detail:
            'It came right after the redirect to $2. If it is the same code, it ends up in the history, in logs and in referrers. The value is not kept, so this is not certain.',
        },
        signup_on_auto: {
          title:
            'The sign-up call was answered “already linked” (-102): the app seems to link automatically',
          detail:
            'Under auto-link this call is not needed and completes nothing; a listed call does. If the app does link manually, the call had been made elsewhere before.',
        },
        server_silent: {
          title:
            'The code seems to have been exchanged on your server, and nothing reports what it called',
          detail:
            'The calls may well have been made. The browser cannot see what one server says to another.',
        },
        watched_after_login: {
          title: '$1 was not watched for a part of the time after this login',
          detail: 'Calls that the site made in that time were not seen.',
        },
        site_not_watched: {
          title: '$1 is not watched, so its calls cannot be seen',
          detail: 'Only the redirects to and from Kakao are visible without access to the site.',
        },
        recording_paused: {
          title: 'Recording was paused for a part of the window',
          detail: 'What happened meanwhile cannot be seen later.',
        },
        no_call_yet: {
          title: 'No qualifying call has been seen yet',
          detail: 'There is time left. One listed call that answers 200 completes this login.',
        },
        oauth_error: {
          title: 'Kakao answered $1',
          detail: 'This code is not in Linkwatch’s table.',
        },
        error_page_unknown: {
          title: 'Kakao showed an error page (HTTP $1) instead of the login',
          detail: 'The KOE code stands in the page, which Linkwatch does not read.',
        },
        login_error: {
          title: 'Kakao sent the browser back with the error $1',
          detail:
            'No login came of it. The redirect’s `error_description` says more; it is not kept here.',
        },
        implicit_flow: {
          title: 'The implicit flow (`response_type=token`) is used',
          detail:
            'Kakao refuses it with KOE202. It would hand the token over in the address of the page.',
        },
        refresh_refused: {
          title: 'The refresh token was refused (KOE322)',
          detail:
            'It has expired, was replaced by a newer one, or ended together with the link. What went before decides.',
        },
        link_mode_contradicted: {
          title: 'The link mode set by hand does not agree with Kakao’s answers',
          detail: 'The verdicts follow the setting made by hand.',
          auto: 'A whole answer of `/v2/user/me` had no `has_signed_up`, which is so only under auto-link. The verdicts follow the setting made by hand.',
          manual:
            'Kakao answered as it does only under manual link: `has_signed_up` was there, or the sign-up call succeeded. The verdicts follow the setting made by hand.',
        },
        scope_every_time: {
          title: 'Logins ask for additional consent again and again',
          detail:
            'The authorize requests carry `scope` or `service_terms`, and accounts that were linked already were shown consent each time.',
        },
        through_account_pasted: {
          title: 'The site itself sends `through_account`',
          detail:
            'Kakao adds this parameter for itself on the way back from its login page. Copied from the address bar into the site’s own link, it can keep logins from returning.',
        },
        plain_http_redirect: {
          title: 'The code comes back over plain http: $1',
          detail:
            'Anyone on the network in between can read it. Loopback addresses are not meant by this.',
        },
        no_state: {
          title: 'Authorize requests carry no `state`',
          detail:
            'Without it the callback cannot tell a login that the site began from one that somebody else slipped in.',
        },
        silent_login_refused: {
          title: 'A login without a screen was refused ($1)',
          detail: '`prompt=none` succeeds only where Kakao needs to ask nothing.',
        },
        consent_cancelled: {
          title: 'Consent was cancelled (`access_denied`)',
          detail: 'That is no login, and no link was made by it.',
        },
        sdk_v1: {
          title: 'The JavaScript SDK v1 is at work ($1)',
          detail:
            'It logs in and calls Kakao in the page. SDK v2 has no such login: the token step and `/v2/user/me` then move to your server.',
        },
        admin_key_in_browser: {
          title: 'A call signed with `KakaoAK` left the browser on $1',
          detail:
            'A call about users that is signed like this takes the admin key, which may do everything for every account, and everyone who opens the page can read it. The key itself was not kept, so it may also be another key sent by mistake.',
        },
        client_secret_in_browser: {
          title: 'A client secret left the browser on $1',
          detail:
            'A token request of the page carried `client_secret`. Everyone who opens the page can read it. The value was not kept.',
        },
        token_in_url: {
          title: 'A page of $1 was opened with a token in its address',
          detail:
            'It may be Kakao’s token or the site’s own. Addresses stay in the history, in logs and in referrers. The value was not kept.',
        },
        stopped_completing: {
          title: 'Since $1 no first login has reached a qualifying call; in $2 all did',
          detail:
            'Counted are first logins whose calls could be seen, ten minutes and more after the login.',
        },
        many_incomplete_callbacks: {
          title: '$1 callbacks with `INCOMPLETE_SIGN_UP` on $2',
          detail: 'Kakao’s daily job cut that many links as incomplete sign-ups on one day.',
        },
        bad_server_report: {
          title: 'A `kakao` metric in `Server-Timing` of $1 cannot be read',
          detail: 'It was dropped.',
          method: 'It was dropped: `desc` does not begin with a method such as `GET`.',
          path: 'It was dropped: the second word of `desc` is no path without a query.',
          status: 'It was dropped: the third word of `desc` is no HTTP status.',
        },
      },
      steps: {
        admin_calls_on_server:
          'Make these calls on your server, with the user’s token where that is enough.',
        apply_permission:
          'Apply for the API’s permission in the console. Until it is granted, only members of the app can use it.',
        ask_scope:
          'Ask for the missing item once, by an authorize request with `scope`, where the user needs the feature.',
        ask_to_log_in:
          'Where the refresh token is refused, send the user to the login instead of trying again.',
        build_from_docs:
          'Build the authorize request from the documented parameters, not from an address that the browser shows.',
        call_at_login:
          'Make the call right at the login, before anything else the user may or may not do.',
        call_signup:
          'Call `POST /v1/user/signup` with the user’s token once your own sign-up is finished, within 24 hours of the login.',
        call_user_me:
          'Call `GET /v2/user/me` with the user’s token right after each login, from the page or from the server, and check that it answers 200.',
        check_domain:
          'If the page makes the call, check that its origin is registered for the JavaScript key.',
        check_link_mode: 'Look up the link mode in the console and set it here accordingly.',
        check_relink:
          'Log in again with the same account. If consent is asked for, the link had been cut.',
        check_scopes:
          'Read `/v2/user/scopes` to see which items are agreed, and ask only for those that are not.',
        check_server_calls:
          'Look into your server’s log for a listed call with 200 after the token request.',
        clean_url:
          'Take the code out of the address once it is read (`history.replaceState`), so that a reload does not hand it in again.',
        compare_releases:
          'Compare what the login does after the token step with the release in which it still worked.',
        complete_in_time:
          'See to it that every first login makes a call that counts within 24 hours.',
        drop_signup: 'Drop the call to `/v1/user/signup`.',
        drop_through_account:
          'Remove `through_account` from the link or the code that starts the login.',
        exchange_on_server: 'Use the authorization code flow and exchange the code on your server.',
        exchange_once:
          'Exchange each code once: guard the callback against running twice, as React’s StrictMode effects and double navigations make it.',
        fall_back_to_login: 'Take this as “not logged in” and offer the login button.',
        fixed_id_on:
          'In the console, switch Fixed User ID on. It holds for links made from then on.',
        fresh_token:
          'Make the call with the token of this login, and renew the token where it has expired.',
        handle_cancel: 'Show the user a way back; do not start the login again by itself.',
        https_redirect:
          'Register the https address of the callback and send that as `redirect_uri`.',
        keep_code_at_callback:
          'Use the code at the callback, and do not carry it on to another page.',
        library_me:
          'After the login call the library’s user function, such as `me()` or `getProfile()`.',
        log_in_again:
          'Log in again with an account that has no link yet. To get one, remove the app on Kakao’s page of connected services.',
        logout_not_unlink:
          'Log out with `/v1/user/logout`, or with Kakao’s `/oauth/logout` where the account session should end too.',
        look_up_code: 'Look the code up in the Guide’s table or in Kakao’s documentation.',
        loopback_for_local:
          'For local work use `http://localhost`, which does not leave the machine.',
        mark_complete:
          'If you know that the call was made, mark the login complete; it is shown as your word.',
        match_by_new_id: 'Match the members that came back under a new ID by hand.',
        mend_report:
          'Write each metric as `kakao;desc="METHOD PATH STATUS"`, for example `kakao;desc="GET /v2/user/me 200"`.',
        move_me_to_server: 'On the server, call `/v2/user/me` right after the token request.',
        name_account:
          'If these are two accounts after all, give each login the name of its account.',
        need_profile: 'With `react-kakao-login`, leave `needProfile` on.',
        not_a_logout: 'Do not take -401 for a lost link; it is about the token or the key.',
        oidc_add_me: 'Beside the ID token, call `GET /v2/user/me` once at a user’s first login.',
        one_app_key: 'Use one app for one service: user IDs differ from app to app.',
        plan_sdk_v2:
          'Plan the move to SDK v2: its login is a redirect, and your server gets the code.',
        prefer_auto:
          'If manual link is not needed, ask Kakao about auto-link, which Kakao recommends.',
        read_code:
          'Read the code in the answer’s body, in the browser’s developer tools or in a HAR, and look it up in the Guide.',
        read_error_description: 'Read `error_description` in the callback’s address.',
        read_page_code: 'Read the KOE code on the page that Kakao shows.',
        renew_admin_key: 'Issue a new admin key in the console, replace the old one and delete it.',
        renew_secret:
          'Issue a new client secret in the console; the old one is to be taken as known to others.',
        replace_retired: 'Replace it by `GET /v2/user/me`.',
        report_server_timing:
          'Let the server tell its calls in a response header of the callback: `Server-Timing: kakao;desc="GET /v2/user/me 200"`.',
        response_type_code: 'Send `response_type=code`.',
        resume: 'Resume recording.',
        scope_when_needed:
          'Send `scope` and `service_terms` only where additional consent is wanted, not with every login.',
        sdk_request_me: 'Or call `Kakao.API.request` with `/v2/user/me` after the login yourself.',
        send_state:
          'Send a fresh random `state` with every request, keep it in the user’s session, and compare it at the callback.',
        set_consent_item: 'In the console, check that the item is set for the app.',
        spring_user_info_uri:
          'In Spring Security, set `user-info-uri` to `https://kapi.kakao.com/v2/user/me` instead of `issuer-uri`.',
        store_new_refresh:
          'After each refresh, store the new refresh token where the answer has one; the old one ends.',
        switch_feature_on:
          'In the console, switch on what the call needs: the consent item, or the API itself.',
        token_out_of_url:
          'Hand tokens over in a request body or an HttpOnly cookie, never in an address.',
        treat_as_unlinked:
          'On the server, take -101 as “the link is gone” and send the user to the login.',
        try_again: 'Make the call again; one success within the window is enough.',
        unlink_on_withdrawal:
          'Call `/v1/user/unlink` only when a member leaves the service, best from the server.',
        watch_site: 'Watch the site (“Watch this site”).',
      },
      causes: {
        abandoned_sign_ups:
          'People or bots gave up in the middle of the sign-up. Then the cuts are spread evenly over releases.',
        call_elsewhere:
          'The call is made somewhere else, for example on the server, with the same token. Then the server’s log shows it.',
        callback_incomplete:
          'Kakao cut the link as an incomplete sign-up: the callback log says so.',
        callback_other: 'The link was cut for another reason: the callback log says $1.',
        code_10: '-10: the quota is used up. The same call works again later.',
        code_101:
          '-101: the account is not linked. The link was cut, or under manual link the sign-up call has not been made; other calls fail in the same way.',
        code_102:
          '-102: the account is linked already. The login is not at fault then; under manual link it is complete.',
        code_12: '-12: Kakao has sanctioned the app or its developer. All calls fail then.',
        code_2: '-2: an argument is missing or wrong. It fails for every account.',
        code_3: '-3: the feature is off in the console. It fails for every account.',
        code_4:
          '-4: the Kakao account is restricted. It fails for this account only, whatever it agreed to.',
        code_402:
          '-402: this account has not consented. It works for accounts that have; the body names `required_scopes`.',
        code_5:
          '-5: the app lacks the permission. It may work for members of the app and for nobody else.',
        code_6: '-6: Kakao does not allow this action. Other calls work.',
        code_9: '-9: Kakao has ended this API. It fails for every account, always.',
        code_library:
          'A library that stops at the token, such as `arctic`: fetching the user is left to you.',
        domain_mismatch:
          'The page’s origin is not registered for the JavaScript key. Then calls of the server work with the same token.',
        fixed_id_is_off:
          'Fixed User ID is off, as set here: a link that is cut and made again gets a new ID.',
        fixed_id_off:
          'Fixed User ID is off; this can be so only in apps made before 2018-09-19. The console shows it.',
        hosted_oidc:
          'Firebase, Cognito, Auth0 or Keycloak with Kakao as a generic OpenID Connect provider: they call userinfo at most.',
        id_token_sign_in:
          'Signing in with the ID token, as Supabase’s `signInWithIdToken` does: Kakao is not called.',
        incomplete_before:
          'The login before it was incomplete for 24 hours or more: its calls could be seen, and none counted. The webhook then says `INCOMPLETE_SIGN_UP`.',
        incomplete_unseen:
          'The login before it may have been incomplete: 24 hours or more went by, and its calls could not be seen. The webhook then says `INCOMPLETE_SIGN_UP`.',
        koe003: 'KOE003: a temporary fault at Kakao. It goes away by itself.',
        koe004: 'KOE004: Kakao Login is off for the app. It fails for every account.',
        koe005: 'KOE005: a test app, and the account is not a member. It works for members.',
        koe006:
          'KOE006: the redirect URI is not registered. Compare it with the console letter by letter.',
        koe008:
          'KOE008: the wrong kind of key was sent as `client_id`. The console shows of which kind a key is.',
        koe009: 'KOE009: the page’s origin is not registered. It works from a registered origin.',
        koe010: 'KOE010: the client secret is missing or wrong. It fails for every account.',
        koe101: 'KOE101: the app key is wrong. Compare `client_id` with the console.',
        koe102:
          'KOE102: `channel_public_id` was sent, but the app has no channel. It works without that parameter.',
        koe203:
          'KOE203: a required consent item was not agreed to. It works once everything required is agreed to.',
        koe205:
          'KOE205: `scope` names an item that the app does not have. It works without `scope`.',
        koe207:
          'KOE207: a required parameter is missing. Look for `client_id`, `redirect_uri` and `response_type` in the request.',
        koe237: 'KOE237: too many token requests within a minute. It works again a minute later.',
        koe303:
          'KOE303: `redirect_uri` differs from that of the authorize request. It fails every time.',
        koe310: 'KOE310: `grant_type` is wrong. It fails every time.',
        koe320:
          'KOE320: the code was used already, has expired or is unknown. A reload of the callback does this; a fresh login works.',
        koe9798: 'KOE9798: maintenance at Kakao. Kakao’s announcements say so.',
        link_was_cut:
          'The link was cut before the call: by an unlink, by the user, or by Kakao as an incomplete sign-up. Consent comes at the next login then.',
        manual_pending:
          'Manual link, and the sign-up call has not been made. `/v2/user/me` then shows `has_signed_up: false`.',
        other_account:
          'It was another Kakao account after all. Compare the accounts on Kakao’s page.',
        other_app_key: 'The two logins used different app keys; each app has its own user IDs.',
        prompt_login:
          'The request carried `prompt=login`, which asks for the password each time. That screen is easily taken for consent, but it lists no consent items.',
        refresh_after_cut:
          'The link was cut, by an unlink or as an incomplete sign-up: all tokens end with it. Consent comes at the next login then.',
        refresh_after_incomplete:
          'A first login of this app was still incomplete after 24 hours: Kakao cuts its link, and its tokens end.',
        refresh_after_unlink:
          '`/v1/user/unlink` was called before: all tokens of the account ended.',
        refresh_expired:
          'The refresh token was older than its life of about two months. Compare with when it was issued.',
        refresh_reused:
          'An earlier refresh succeeded; if its answer held a new refresh token, the old one was used here again.',
        refresh_reused_unseen:
          'An old refresh token was used after a newer one had been issued. The token store shows when it was last written.',
        release_stopped_calling:
          'A release stopped making the call that counts. Then the cuts begin one day after it.',
        removed_by_user:
          'The user removed the app on Kakao’s page of connected services, or closed the account. The webhook then says `UNLINK_FROM_APPS` or `ACCOUNT_DELETE`.',
        scope_each_time:
          'The request asked for additional items, so this may be extra consent and the link may never have been cut. Without `scope` and `service_terms`, no screen comes then.',
        silent_browser: 'The SDK refuses `prompt=none` outside of KakaoTalk’s own browser.',
        silent_interaction: 'Kakao needs to show something, such as a choice of accounts.',
        silent_no_session: 'There is no Kakao session in this browser.',
        silent_not_linked:
          'The account is not linked to the app, or has not consented to everything the request asks for.',
        spring_issuer:
          'Spring Security with `issuer-uri` and `openid`: it calls `/v1/oidc/userinfo` at most, and with Kakao’s names of scopes often not even that.',
        token_expired: 'The token had expired. A renewed one works.',
        token_wrong_app:
          'The token or key belongs to another app, or was cut short on the way. Even a fresh token fails then.',
        under_age:
          'If the code is -406 and not -401: the account is under 14, and the app does not allow that.',
        unlinked_by_service:
          'The service itself cut the link by `/v1/user/unlink`, as some do to log out. No webhook is sent then.',
      },
      ui: {
        title: 'Findings',
        error: 'Error',
        warning: 'Warning',
        info: 'Note',
        causes: 'Possible causes, likeliest first',
        steps: 'What to do',
        evidence: 'Observations it rests on',
        console: 'Console menu',
        docs: 'Documentation',
        silence: 'Silence for this app',
        bringBack: 'Bring back',
        silenced: 'Silenced for this app',
      },
      guide: {
        title: 'Guide',
        search: 'Search for a code or a word',
        found: '$1 of $2 codes',
        code: 'Code',
        http: 'HTTP',
        meaning: 'Meaning',
        remedy: 'Remedy',
        unstated: 'not stated',
        generated: 'This page is written from the same content as the extension’s Guide.',
        how: {
          title: 'How the rule works',
          first:
            'When a Kakao account logs in to an app for the first time, Kakao links the two and starts a clock of 24 hours.',
          complete:
            'The sign-up counts as complete only if a call for personal data on Kakao’s list answers 200 within that time. It does not matter who makes the call or how: page or server, the user’s token or the admin key.',
          list: 'The list is that of Kakao’s notice of December 2020. It was never published again, so calls that came later, such as `/v2/api/talk/channels` and `/v1/oidc/userinfo`, are neither confirmed nor refused.',
          cut: 'If no such call came, a daily job cuts the link. Its hour is not published, so the cut comes between 24 and 48 hours after the login.',
          effect:
            'The app then disappears from the account’s connected services, all tokens end, consent is asked for at the next login, and with Fixed User ID off the account comes back with a new user ID. A registered webhook is told `INCOMPLETE_SIGN_UP`.',
          again:
            'Accounts whose sign-up was completed once are not checked again, until their link is cut and made anew.',
        },
        calls: {
          title: 'Which calls count',
          listed:
            'On the list: any of them, answered 200, completes a first login under auto-link.',
          signup:
            'Under manual link: only this call, answered 200, or -102 for an account that is registered already.',
          unconfirmed: 'Not confirmed: personal data, but not on the list. Do not rely on them.',
          never: 'Never count.',
        },
        tree: {
          title: 'Auto-link and Fixed User ID: which one does my app use?',
          option: 'Does the console show “Auto-link with an app when logging in”?',
          optionNo: 'No: the app uses auto-link. Call `/v2/user/me` at every login.',
          optionOn: 'Yes, and it is on: auto-link. Call `/v2/user/me` at every login.',
          optionOff:
            'Yes, and it is off: manual link. Call `POST /v1/user/signup` within 24 hours.',
          cannot:
            'You cannot open the console? Look at `/v2/user/me`: with `has_signed_up` in the answer it is manual link, in a whole answer without it auto-link.',
          age: 'Was the app made after 2018-09-19?',
          ageYes:
            'Yes: Fixed User ID is on by default. An account keeps its user ID through a cut link.',
          ageNo:
            'No: look it up in the console and switch it on. While it is off, an account whose link was cut comes back as a new member.',
        },
        sees: {
          title: 'What Linkwatch can see, and what it cannot',
          can: 'It sees',
          redirects: 'the redirects to and from Kakao, on every site;',
          calls:
            'on watched sites: token requests and API calls that leave the browser, from pages, workers and the SDK’s own frame;',
          reports: 'on watched sites: what the server reports in `Server-Timing`;',
          har: 'in an imported HAR: also answer bodies, and with them error codes, `has_signed_up` and `connected_at`.',
          cannot: 'It never sees',
          server:
            'what a server says to Kakao without reporting it: such a login is “could not be seen”, never “missed”;',
          webhooks: 'webhooks, which go from Kakao to your server;',
          bodies: 'answer bodies of live traffic: there, a 403 stays a 403 without its code;',
          phone: 'logins that KakaoTalk makes on a phone.',
          kept: 'Codes, tokens, secrets and keys are never kept, and user IDs only as salted hashes.',
        },
        koe: {
          title: 'OAuth codes (KOE)',
          intro:
            'Shown on Kakao’s error page, or in `error_code` of a token answer. Sources disagree on some HTTP statuses, so go by the code.',
        },
        api: {
          title: 'API codes',
          intro: 'In `code` of an answer of `kapi.kakao.com` that is not 200.',
        },
        rules: {
          title: 'The rules of guidance',
          intro:
            'Each finding names the observations it rests on. A rule says only what its evidence carries; where several causes are possible, they are ranked.',
        },
        glossary: {
          title: 'Glossary',
          english: 'English',
          korean: 'Korean',
          explained: 'What it means',
        },
      },
      glossary: {
        first_login: 'A login that made a new link between a Kakao account and an app.',
        qualifying_call: 'A call on Kakao’s list that answered 200.',
        window: 'The 24 hours after a first login.',
        deadline: 'The instant at which the window ends.',
        verdict: 'What is said of a first login at an instant.',
        visibility: 'Whether the calls of a login could have been seen.',
        link_mode:
          'Whether Kakao links account and app at the login (auto) or your service does it by a call (manual).',
        observation: 'One fact taken from traffic, without any secret in it.',
        finding: 'A rule that fired, with its evidence and its fix.',
        session: 'A named stretch of testing; a report is about one.',
        unlink: 'To cut the link between account and app.',
        webhook: 'Kakao’s message to your server when a link was cut; formerly “callback”.',
        fixed_user_id:
          'A setting that keeps an account’s user ID when its link is cut and made anew.',
      },
    },
    errors: {
      koe001: {
        meaning: 'The request is malformed.',
        remedy: 'Compare the parameters with Kakao’s documentation.',
      },
      koe002: {
        meaning: 'The request went to an address that Kakao does not know.',
        remedy: 'Check host and path: `https://kauth.kakao.com/oauth/authorize`.',
      },
      koe003: {
        meaning: 'Kakao’s OAuth server had a temporary fault.',
        remedy: 'Try again a little later; ask in DevTalk if it stays.',
      },
      koe004: {
        meaning: 'Kakao Login is switched off for the app.',
        remedy: 'Switch Kakao Login on in the console.',
      },
      koe005: {
        meaning: 'This is a test app, and the account is not one of its members.',
        remedy: 'Add the account as a member, or test with the live app’s key.',
      },
      koe006: {
        meaning: 'The redirect URI is not registered for this key.',
        remedy:
          'Register exactly the `redirect_uri` that is sent: scheme, host, port, path and a slash at the end all count.',
      },
      koe007: {
        meaning: 'The logout redirect URI is not registered.',
        remedy: 'Register the `logout_redirect_uri` that is sent.',
      },
      koe008: {
        meaning: 'The authorize request used the wrong kind of app key.',
        remedy:
          'Send the REST API key, or the JavaScript key with the JavaScript SDK; never the admin key.',
      },
      koe009: {
        meaning:
          'The page’s domain, the bundle or the key hash is not registered for this key (`misconfigured`).',
        remedy:
          'Register the origin of the page, with its scheme and port, under the JavaScript key.',
      },
      koe010: {
        meaning: 'The client secret is missing or wrong.',
        remedy:
          'Send `client_secret` from the server with the token request. New REST API keys have it on from the start.',
      },
      koe101: {
        meaning: 'The app key is wrong, or of the wrong kind (`invalid_client`).',
        remedy: 'Copy the key from the console again and check which environment it belongs to.',
      },
      koe102: {
        meaning: '`channel_public_id` was sent, but the app has no KakaoTalk channel.',
        remedy: 'Connect the channel with the app, or leave the parameter out.',
      },
      affiliate: {
        meaning: 'A parameter was sent that only Kakao’s affiliates may use.',
        remedy: 'Leave out everything that Kakao’s public documentation does not name.',
      },
      unexplained: {
        meaning: 'A client or configuration error; Kakao does not publish what this code means.',
        remedy: 'Compare key, redirect URI and secret with the console, and ask in DevTalk.',
      },
      koe201: {
        meaning: 'This `response_type` is not supported.',
        remedy: 'Send `response_type=code`.',
      },
      koe202: {
        meaning: '`response_type=token` is refused: Kakao has no implicit flow.',
        remedy: 'Use the authorization code flow: `response_type=code`.',
      },
      koe203: {
        meaning: 'A required consent item was not agreed to.',
        remedy: 'Tell the user why the item is needed, and start the login again.',
      },
      koe204: {
        meaning: 'A parameter has a value that is not allowed.',
        remedy: 'Check `prompt`, `scope` and `service_terms` against the documentation.',
      },
      koe205: {
        meaning: '`scope` names a consent item that the app has not set (`invalid_scope`).',
        remedy: 'Set the item in the console, or leave it out of `scope`.',
      },
      koe207: {
        meaning: 'A required parameter is missing.',
        remedy: 'Send `client_id`, `redirect_uri` and `response_type`.',
      },
      koe237: {
        meaning: 'More token requests came within a minute than Kakao allows.',
        remedy:
          'Keep the token until it expires instead of asking for one each time; wait a minute.',
      },
      koe303: {
        meaning: '`redirect_uri` differs between the authorize request and the token request.',
        remedy: 'Send the same `redirect_uri` twice, letter by letter.',
      },
      koe310: {
        meaning: '`grant_type` is wrong.',
        remedy: 'Send `authorization_code` or `refresh_token`, as a form in the body.',
      },
      koe319: {
        meaning: 'The refresh token is missing.',
        remedy: 'Send `refresh_token`; check that it was stored at the login.',
      },
      koe320: {
        meaning: 'The authorization code was used already, has expired or is unknown.',
        remedy:
          'Exchange each code once and at once; take it out of the address so that a reload does not send it again.',
      },
      koe322: {
        meaning:
          'The refresh token has expired or is unknown: it may have been replaced, or the link may have been cut.',
        remedy:
          'Store the newest refresh token, and send the user to the login. If consent comes, the link had been cut.',
      },
      koe400: {
        meaning: 'The ID token sent to `/oauth/tokeninfo` is not valid.',
        remedy: 'Check that the whole ID token is sent and that it has not expired.',
      },
      koe406: {
        meaning: 'The account is under 14, and the app does not allow that.',
        remedy: 'Test with another account, or look into the app’s setting for users under 14.',
      },
      koe501: {
        meaning: 'The account does not use KakaoTalk.',
        remedy: 'Test with an account that uses KakaoTalk.',
      },
      koe602: { meaning: 'The image is too large.', remedy: 'Send a smaller image.' },
      koe903: {
        meaning: 'The developer of this key is not registered.',
        remedy: 'Check whose app the key belongs to.',
      },
      koe911: {
        meaning: 'The image format is not supported.',
        remedy: 'Send the image in a format that the documentation names.',
      },
      koe9798: {
        meaning: 'Kakao is under maintenance.',
        remedy: 'Try again later and read Kakao’s announcements.',
      },
      api1: { meaning: 'An internal fault at Kakao.', remedy: 'Make the call again.' },
      api2: {
        meaning: 'An argument is missing, of the wrong type or out of range.',
        remedy: 'Check the parameters of the call.',
      },
      api3: {
        meaning: 'Something the call needs is not switched on for the app.',
        remedy: 'Switch on the consent item or the API in the console.',
      },
      api4: { meaning: 'The Kakao account is restricted.', remedy: 'Test with another account.' },
      api5: {
        meaning: 'The app lacks the permission for this API.',
        remedy: 'Apply for the permission in the console.',
      },
      api6: {
        meaning: 'Kakao does not allow this action.',
        remedy: 'Read in the API’s documentation what is allowed.',
      },
      api7: {
        meaning: 'Kakao is under maintenance or has an internal fault.',
        remedy: 'Read Kakao’s announcements and try again later.',
      },
      api8: {
        meaning: 'A request header is wrong.',
        remedy: 'Check `Authorization` and `Content-Type`.',
      },
      api9: {
        meaning: 'Kakao has ended this API.',
        remedy: 'Replace it, in most cases by `/v2/user/me`.',
      },
      api10: {
        meaning: 'More calls were made than the quota allows.',
        remedy: 'Wait, and see in the console which quota was reached.',
      },
      api11: {
        meaning: 'The daily or monthly limit of a paid API was reached.',
        remedy: 'Raise the limit in the console.',
      },
      api12: {
        meaning: 'The app or its developer account is sanctioned.',
        remedy: 'Ask Kakao in DevTalk.',
      },
      api101: {
        meaning: 'The account is not linked to the app.',
        remedy: 'Send the user through the login; under manual link, call the sign-up first.',
      },
      api102: {
        meaning: 'The account is linked to the app already.',
        remedy: 'Under manual link this is as good as a success; under auto-link drop the call.',
      },
      api103: {
        meaning: 'The Kakao account is dormant or does not exist.',
        remedy: 'Test with another account.',
      },
      api201: {
        meaning: 'A user property is not set for the app.',
        remedy: 'Compare the property keys with those in the console.',
      },
      api301: { meaning: 'There is no such app.', remedy: 'Check the app key.' },
      api401: {
        meaning:
          'The key or the token is not valid, or the app’s registered data does not match the caller.',
        remedy: 'Renew the token, and check that the page’s domain is registered.',
      },
      api402: {
        meaning: 'The account has not consented to what the call needs.',
        remedy: 'Ask for the items in `required_scopes` by an authorize request with `scope`.',
      },
      api405: {
        meaning: 'The account’s age has to be verified.',
        remedy: 'Let the user verify the age with Kakao, then call again.',
      },
      api406: {
        meaning: 'The account is under 14, and the app does not allow that.',
        remedy: 'Test with another account, or look into the app’s setting for users under 14.',
      },
      api501: {
        meaning: 'The account does not use KakaoTalk.',
        remedy: 'Test with an account that uses KakaoTalk.',
      },
      api502: {
        meaning: 'Sender and receiver are not friends.',
        remedy: 'Choose a receiver from the friends list.',
      },
      api504: { meaning: 'The device is not supported.', remedy: 'Test on another device.' },
      api530: {
        meaning: 'The receiver does not take messages from this app.',
        remedy: 'Test with a receiver who has not blocked messages.',
      },
      api531: {
        meaning: 'A limit for messages was reached.',
        remedy: 'Wait, and see in the console which quota was reached.',
      },
      api532: {
        meaning: 'A limit for messages of one sender or receiver was reached.',
        remedy: 'Wait until the next day, or test with other accounts.',
      },
      api602: { meaning: 'The image is too large.', remedy: 'Send a smaller image.' },
      api603: {
        meaning: 'Kakao took too long to handle the request.',
        remedy: 'Make the call again.',
      },
      api606: { meaning: 'Too many images were sent.', remedy: 'Send fewer images.' },
      api903: {
        meaning: 'The developer of this key is not registered.',
        remedy: 'Check whose app the key or token belongs to.',
      },
      api911: {
        meaning: 'The image format is not supported.',
        remedy: 'Send the image in a format that the documentation names.',
      },
      api9798: {
        meaning: 'Kakao is under maintenance.',
        remedy: 'Try again later and read Kakao’s announcements.',
      },
    },
  },
  ko: {
    guidance: {
      rules: {
        manual_me_alone: {
          title:
            '이 로그인은 `POST /v1/user/signup`을 호출해야 완료됩니다. $1 호출로는 완료되지 않습니다',
          detail:
            '수동 연결을 사용하는 앱입니다. 수동 연결 API를 호출하지 않은 계정은 가입 전 상태로 남으며, 그 상태에서도 `/v2/user/me`는 200으로 응답합니다.',
        },
        manual_no_signup: {
          title: '수동 연결 API(`POST /v1/user/signup`)의 성공 응답이 관찰되지 않았습니다',
          detail:
            '수동 연결에서는 24시간 안에 `POST /v1/user/signup`을 호출해야 최초 로그인이 완료됩니다.',
        },
        exchange_failed: {
          title: '인가 코드를 토큰으로 교환하지 못했습니다($1)',
          detail:
            '카카오는 토큰이 발급되어야 로그인이 끝난 것으로 보며, 토큰이 없으면 이후의 API를 호출할 수 없습니다.',
        },
        scope_missing: {
          title: '$1 호출이 거절되었습니다. 필요한 동의항목에 동의하지 않은 계정입니다(-402)',
          detail:
            '이 계정이 동의하지 않은 동의항목이 필요한 호출입니다. 필요한 항목은 응답의 `required_scopes`에 있습니다.',
          named: '이 호출에는 $1 동의가 필요합니다.',
        },
        feature_off: {
          title: '$1 호출이 거절되었습니다. 콘솔에서 해당 기능이 꺼져 있습니다(-3)',
          detail:
            '동의항목이나 API 사용 설정처럼 호출에 필요한 기능을 앱에서 켜지 않았을 때 카카오가 -3으로 응답합니다.',
        },
        no_permission: {
          title: '$1 호출이 거절되었습니다. 앱에 필요한 권한이 없습니다(-5)',
          detail: '계정이 아니라 앱의 문제이며, API 사용 권한을 신청해야 합니다.',
        },
        api_ended: {
          title: '$1 호출이 거절되었습니다. 카카오가 제공을 종료한 API입니다(-9)',
          detail:
            '2020년 목록에는 있으나 더 이상 200으로 응답하지 않으므로 가입을 완료할 수 없습니다.',
        },
        not_linked: {
          title: '$1 호출이 거절되었습니다. 앱과 연결되지 않은 계정입니다(-101)',
          detail: '토큰은 유효하지만 이 계정과 앱 사이에 연결이 없습니다.',
        },
        token_refused: {
          title: '$1 호출이 거절되었습니다. 유효한 토큰으로 인정되지 않았습니다(401)',
          detail:
            '응답이 200이어야 로그인이 완료됩니다. -401은 토큰이나 키에 관한 응답이므로 연결 자체에는 문제가 없을 수 있습니다.',
        },
        call_refused: {
          title: '$1 호출이 거절되었습니다($2)',
          detail: '응답이 200이어야 로그인이 완료됩니다.',
        },
        forbidden_unknown: {
          title: '$1 호출이 403으로 거절되었습니다. 이유는 응답 본문에만 있습니다',
          detail: '여기서는 응답 본문을 볼 수 없으며, 403의 원인은 여섯 가지 이상입니다.',
        },
        call_failed: {
          title: '$1 호출이 실패했습니다($2)',
          detail: '응답이 200이어야 로그인이 완료됩니다. 여기서는 실패한 이유를 알 수 없습니다.',
          signup:
            '수동 연결 API는 이미 연결된 계정일 때도 400(-102)으로 응답하며, 수동 연결에서는 이를 완료로 봅니다. 여기서는 오류 코드를 볼 수 없습니다.',
        },
        retired_call: {
          title: '카카오가 제공을 종료한 API를 호출했습니다: $1',
          detail: '오래된 예제에 남아 있는 호출이며, 이 호출로는 로그인이 완료되지 않습니다.',
        },
        uncounted_only: {
          title: '가입 완료로 인정되지 않는 호출만 있었습니다: $1',
          detail:
            '카카오의 목록에 있는 개인정보 조회가 아니므로 가입 미완료 계정으로 처리될 수 있습니다.',
        },
        unconfirmed_only: {
          title: '$1 호출이 인정되는지는 확인되지 않았습니다',
          detail:
            '개인정보를 조회하지만 2020년 카카오의 목록에 없습니다. 카카오가 인정하지 않는다고 밝힌 것도 아닙니다.',
        },
        token_only: {
          title: '토큰을 발급받았지만 그 토큰을 사용한 API 호출이 관찰되지 않았습니다',
          detail: '토큰 발급만으로는 최초 로그인이 완료되지 않습니다.',
          id_token:
            '응답에 ID 토큰이 있었습니다. ID 토큰만으로도 회원 정보를 읽을 수 있지만, 그것으로는 최초 로그인이 완료되지 않습니다.',
        },
        window_passed: {
          title: '유효 시간이 지나도록 가입 완료 API 호출이 관찰되지 않았습니다',
          detail:
            '24시간 안에 어디에서도 호출하지 않았다면 카카오가 매일 실행하는 정리 작업이 연결을 끊습니다. 그 계정은 다음 로그인에서 다시 동의해야 하며, 사용자 아이디 고정이 꺼져 있으면 회원번호도 바뀝니다.',
          rehearsal: '리허설 유효 시간만 지났습니다. 카카오의 실제 유효 시간은 24시간입니다.',
        },
        library_no_profile: {
          title: 'SDK v1 팝업으로 로그인한 뒤 API 호출이 관찰되지 않았습니다',
          detail:
            '`react-kakao-login`은 `needProfile`이 false이면 `/v2/user/me`를 호출하지 않으므로 이와 같이 동작합니다.',
        },
        library_token_info: {
          title: '페이지가 토큰의 유효성만 확인하고 있습니다',
          detail:
            '`react-native-kakao` 등 일부 라이브러리의 `isLogined`, `getAccessToken`이 이와 같이 동작합니다. 이 호출은 인정되지 않습니다.',
        },
        library_oidc: {
          title: 'OpenID Connect 클라이언트가 사용된 것으로 보입니다',
          detail:
            '사용자 정보 조회로는 `/v1/oidc/userinfo`만 호출되었습니다. 카카오의 목록에 없는 호출입니다.',
        },
        late_call: {
          title: '$1 호출이 유효 시간이 지난 뒤에 이루어졌습니다',
          detail:
            '그 전에 카카오의 정리 작업이 실행되었다면 연결은 이미 끊긴 상태입니다. 호출 결과만으로는 알 수 없습니다.',
          rehearsal:
            '리허설 유효 시간만 지났을 뿐, 카카오의 실제 유효 시간인 24시간 안에 이루어진 호출입니다.',
        },
        cut_by_kakao: {
          title: '카카오가 가입 미완료를 이유로 이 연결을 끊었습니다',
          detail:
            '콜백 기록에 이 계정이 `INCOMPLETE_SIGN_UP`으로 남아 있습니다. 토큰은 즉시 만료됩니다.',
        },
        consent_again: {
          title: '연결되어 있던 계정이 다시 동의했습니다',
          detail:
            '동의 화면은 새로 연결하거나 추가 항목에 동의할 때만 표시됩니다. 이 로그인 전에 있었던 일로 원인을 구분할 수 있습니다.',
        },
        user_id_changed: {
          title: '같은 계정의 회원번호가 바뀐 것으로 보입니다',
          detail:
            'Linkwatch는 솔트를 더한 해시만 비교하며 회원번호는 알지 못합니다. 두 로그인은 같은 카카오 세션에서 이루어졌거나, 테스터가 같은 계정으로 표시한 것입니다.',
        },
        connected_at_moved: {
          title: '`connected_at`이 바뀌었습니다. 연결이 끊겼다가 다시 만들어진 것입니다',
          detail:
            '같은 회원번호의 `connected_at`이 이전보다 나중 시각이므로, 그 사이에 연결이 끊겼다가 다시 만들어졌습니다.',
        },
        unlink_as_logout: {
          title: '페이지에서 `/v1/user/unlink`를 호출했습니다',
          detail:
            '연결을 끊고 모든 토큰을 즉시 만료시키며, 웹훅은 오지 않습니다. 회원 탈퇴에는 맞지만 로그아웃에는 맞지 않습니다.',
        },
        code_used_twice: {
          title: '한 번의 로그인에서 토큰을 두 번 요청했고 그중 하나가 거절되었습니다',
          detail:
            '하나의 인가 코드를 두 번 사용했을 가능성이 높습니다(KOE320). 여기서는 오류 코드를 볼 수 없습니다.',
          known:
            '카카오가 KOE320으로 응답했습니다. 다른 요청이 성공했으므로 이미 사용한 인가 코드일 가능성이 높으며, 로그인 자체는 정상입니다.',
        },
        code_in_other_url: {
          title: '콜백이 아닌 페이지가 주소에 `code`가 포함된 채로 열렸습니다: $1',
          detail:
            '$2로 돌아온 직후에 열렸습니다. 같은 인가 코드라면 방문 기록, 서버 로그, 리퍼러에 남습니다. 값은 보관하지 않으므로 확실하지는 않습니다.',
        },
        signup_on_auto: {
          title:
            '수동 연결 API가 이미 연결된 계정이라고 응답했습니다(-102). 자동 연결을 사용하는 앱으로 보입니다',
          detail:
            '자동 연결에서는 이 호출이 필요하지 않으며, 목록의 API를 호출해야 가입이 완료됩니다. 수동 연결을 사용하는 앱이라면 그 전에 다른 곳에서 이미 호출한 것입니다.',
        },
        server_silent: {
          title:
            '인가 코드는 서버에서 교환된 것으로 보이지만, 서버가 어떤 API를 호출했는지는 보고되지 않았습니다',
          detail:
            '호출이 정상적으로 이루어졌을 수 있습니다. 서버 사이의 통신은 브라우저에서 볼 수 없습니다.',
        },
        watched_after_login: {
          title: '이 로그인 이후 $1 사이트를 관찰하지 못한 시간이 있습니다',
          detail: '그동안 사이트가 보낸 호출은 볼 수 없었습니다.',
        },
        site_not_watched: {
          title: '$1 사이트를 관찰하지 않아 호출을 볼 수 없습니다',
          detail: '사이트 접근 권한이 없으면 카카오로 가고 오는 리디렉션만 보입니다.',
        },
        recording_paused: {
          title: '유효 시간의 일부 동안 기록이 일시 중지되어 있었습니다',
          detail: '그동안 일어난 일은 나중에 확인할 수 없습니다.',
        },
        no_call_yet: {
          title: '아직 가입 완료 API 호출이 관찰되지 않았습니다',
          detail:
            '아직 시간이 남아 있습니다. 목록의 API 중 하나가 200으로 응답하면 이 로그인이 완료됩니다.',
        },
        oauth_error: {
          title: '카카오가 $1 오류로 응답했습니다',
          detail: 'Linkwatch의 표에 없는 코드입니다.',
        },
        error_page_unknown: {
          title: '카카오가 로그인 대신 오류 페이지를 표시했습니다(HTTP $1)',
          detail: 'KOE 코드는 페이지에 표시되며, Linkwatch는 페이지 내용을 읽지 않습니다.',
        },
        login_error: {
          title: '카카오가 $1 오류와 함께 브라우저를 돌려보냈습니다',
          detail:
            '로그인이 이루어지지 않았습니다. 자세한 내용은 리디렉션의 `error_description`에 있으나 여기에는 보관하지 않습니다.',
        },
        implicit_flow: {
          title: '암시적 승인 방식(`response_type=token`)을 사용하고 있습니다',
          detail: '카카오는 KOE202로 거절합니다. 토큰이 페이지 주소에 노출되는 방식입니다.',
        },
        refresh_refused: {
          title: '리프레시 토큰이 거절되었습니다(KOE322)',
          detail:
            '유효 기간이 지났거나, 새 토큰으로 교체되었거나, 연결이 끊기면서 만료된 것입니다. 그 전에 있었던 일로 원인을 구분할 수 있습니다.',
        },
        link_mode_contradicted: {
          title: '직접 지정한 연결 방식이 카카오의 응답과 다릅니다',
          detail: '판정은 직접 지정한 값을 따릅니다.',
          auto: '`/v2/user/me`의 응답 전체에 `has_signed_up`이 없었습니다. 이런 응답은 자동 연결에서만 나옵니다. 판정은 직접 지정한 값을 따릅니다.',
          manual:
            '응답에 `has_signed_up`이 있었거나 수동 연결 API가 성공했습니다. 이런 응답은 수동 연결에서만 나옵니다. 판정은 직접 지정한 값을 따릅니다.',
        },
        scope_every_time: {
          title: '로그인할 때마다 추가 동의를 요청하고 있습니다',
          detail:
            '인가 요청에 `scope` 또는 `service_terms`가 있으며, 이미 연결된 계정에도 매번 동의 화면이 표시되었습니다.',
        },
        through_account_pasted: {
          title: '사이트가 `through_account`를 직접 보내고 있습니다',
          detail:
            '카카오가 로그인 페이지에서 돌아올 때 스스로 붙이는 파라미터입니다. 주소창에서 복사하여 사이트의 링크에 넣으면 로그인한 뒤 사이트로 돌아오지 못할 수 있습니다.',
        },
        plain_http_redirect: {
          title: '인가 코드가 암호화되지 않은 http로 돌아옵니다: $1',
          detail:
            '네트워크 중간에서 누구나 읽을 수 있습니다. 자기 컴퓨터를 가리키는 루프백 주소는 해당하지 않습니다.',
        },
        no_state: {
          title: '인가 요청에 `state`가 없습니다',
          detail:
            '콜백에서 사이트가 시작한 로그인인지 다른 사람이 끼워 넣은 로그인인지 구분할 수 없습니다.',
        },
        silent_login_refused: {
          title: '화면 없는 로그인이 거절되었습니다($1)',
          detail: '`prompt=none`은 카카오가 사용자에게 물을 것이 없을 때만 성공합니다.',
        },
        consent_cancelled: {
          title: '동의가 취소되었습니다(`access_denied`)',
          detail: '로그인이 아니며, 이 과정에서 연결이 만들어지지 않았습니다.',
        },
        sdk_v1: {
          title: 'JavaScript SDK v1을 사용하고 있습니다($1)',
          detail:
            'SDK v1은 페이지에서 로그인하고 카카오를 호출합니다. SDK v2에는 이런 로그인이 없으므로 토큰 발급과 `/v2/user/me` 호출을 서버로 옮겨야 합니다.',
        },
        admin_key_in_browser: {
          title: '$1의 페이지가 `KakaoAK`로 서명한 호출을 브라우저에서 보냈습니다',
          detail:
            '사용자에 관한 호출을 이렇게 서명하려면 어드민 키가 필요합니다. 어드민 키는 모든 계정에 모든 권한을 가지며, 페이지를 여는 누구나 읽을 수 있습니다. 키 자체는 보관하지 않았으므로 다른 키를 잘못 보낸 것일 수도 있습니다.',
        },
        client_secret_in_browser: {
          title: '$1의 페이지가 클라이언트 시크릿을 브라우저에서 보냈습니다',
          detail:
            '페이지의 토큰 요청에 `client_secret`이 있었으며, 페이지를 여는 누구나 읽을 수 있습니다. 값은 보관하지 않았습니다.',
        },
        token_in_url: {
          title: '주소에 토큰이 포함된 채로 $1의 페이지가 열렸습니다',
          detail:
            '카카오의 토큰일 수도 있고 사이트 자체의 토큰일 수도 있습니다. 주소는 방문 기록, 서버 로그, 리퍼러에 남습니다. 값은 보관하지 않았습니다.',
        },
        stopped_completing: {
          title: '$1부터 가입 완료 API를 호출한 최초 로그인이 없습니다. $2에서는 모두 호출했습니다',
          detail: '호출을 볼 수 있었고 로그인한 지 10분이 지난 최초 로그인만 비교했습니다.',
        },
        many_incomplete_callbacks: {
          title: '$2에 `INCOMPLETE_SIGN_UP` 콜백이 $1건 있었습니다',
          detail:
            '카카오가 매일 실행하는 정리 작업이 하루에 이만큼의 연결을 가입 미완료로 끊었습니다.',
        },
        bad_server_report: {
          title: '$1의 `Server-Timing` 헤더에 읽을 수 없는 `kakao` 항목이 있습니다',
          detail: '이 항목은 무시했습니다.',
          method: '`desc`가 `GET` 같은 메서드로 시작하지 않아 이 항목을 무시했습니다.',
          path: '`desc`의 두 번째 단어가 쿼리 없는 경로가 아니어서 이 항목을 무시했습니다.',
          status: '`desc`의 세 번째 단어가 HTTP 상태 코드가 아니어서 이 항목을 무시했습니다.',
        },
      },
      steps: {
        admin_calls_on_server: '이런 호출은 서버에서 하고, 가능하면 사용자의 토큰을 사용하십시오.',
        apply_permission:
          '콘솔에서 API 사용 권한을 신청하십시오. 승인 전에는 앱 멤버만 사용할 수 있습니다.',
        ask_scope:
          '사용자가 기능을 쓰는 시점에 `scope`를 넣은 인가 요청으로 빠진 동의항목을 한 번만 요청하십시오.',
        ask_to_log_in:
          '리프레시 토큰이 거절되면 다시 시도하지 말고 사용자를 로그인 화면으로 보내십시오.',
        build_from_docs:
          '브라우저에 보이는 주소를 복사하지 말고 문서에 있는 파라미터로 인가 요청을 만드십시오.',
        call_at_login: '사용자의 다음 행동을 기다리지 말고 로그인 직후에 호출하십시오.',
        call_signup:
          '서비스의 가입 절차가 끝나면 로그인 후 24시간 안에 사용자의 토큰으로 `POST /v1/user/signup`을 호출하십시오.',
        call_user_me:
          '로그인할 때마다 페이지나 서버에서 곧바로 사용자의 토큰으로 `GET /v2/user/me`를 호출하고, 200으로 응답하는지 확인하십시오.',
        check_domain:
          '페이지에서 호출한다면 JavaScript 키에 사이트 도메인이 등록되어 있는지 확인하십시오.',
        check_link_mode: '콘솔에서 연결 방식을 확인하고 여기에 맞게 지정하십시오.',
        check_relink: '같은 계정으로 다시 로그인하십시오. 동의를 요청하면 연결이 끊겼던 것입니다.',
        check_scopes:
          '`/v2/user/scopes`로 동의한 항목을 확인하고 동의하지 않은 항목만 요청하십시오.',
        check_server_calls:
          '서버 로그에서 토큰 요청 다음에 목록의 API가 200으로 응답했는지 확인하십시오.',
        clean_url:
          '인가 코드를 읽은 뒤에는 `history.replaceState`로 주소에서 지워 새로고침할 때 다시 보내지 않게 하십시오.',
        compare_releases: '정상이던 배포와 비교하여 토큰 발급 뒤의 처리에서 바뀐 것을 찾으십시오.',
        complete_in_time: '모든 최초 로그인에서 24시간 안에 인정되는 호출이 이루어지게 하십시오.',
        drop_signup: '`/v1/user/signup` 호출을 제거하십시오.',
        drop_through_account: '로그인을 시작하는 링크나 코드에서 `through_account`를 제거하십시오.',
        exchange_on_server: '인가 코드 방식을 사용하고 서버에서 인가 코드를 교환하십시오.',
        exchange_once:
          '인가 코드마다 한 번만 교환하십시오. React StrictMode의 이펙트나 중복 이동으로 콜백이 두 번 실행되지 않게 막으십시오.',
        fall_back_to_login: '로그인하지 않은 상태로 처리하고 로그인 버튼을 표시하십시오.',
        fixed_id_on:
          '콘솔에서 사용자 아이디 고정을 켜십시오. 이후에 만들어지는 연결부터 적용됩니다.',
        fresh_token: '이 로그인에서 받은 토큰으로 호출하고, 만료되었다면 토큰을 갱신하십시오.',
        handle_cancel:
          '사용자가 돌아갈 수 있는 화면을 보여 주고, 로그인을 자동으로 다시 시작하지 마십시오.',
        https_redirect: '콜백의 https 주소를 등록하고 `redirect_uri`로 사용하십시오.',
        keep_code_at_callback: '인가 코드는 콜백에서 사용하고 다른 페이지로 넘기지 마십시오.',
        library_me:
          '로그인 뒤에 `me()`, `getProfile()` 같은 라이브러리의 사용자 정보 함수를 호출하십시오.',
        log_in_again:
          '연결이 없는 계정으로 다시 로그인하여 확인하십시오. 카카오계정의 연결된 서비스 관리에서 앱의 연결을 끊으면 그런 계정이 됩니다.',
        logout_not_unlink:
          '로그아웃에는 `/v1/user/logout`을 사용하고, 카카오계정 세션도 끝내야 하면 카카오의 `/oauth/logout`을 사용하십시오.',
        look_up_code: '가이드의 표나 카카오 문서에서 코드를 찾으십시오.',
        loopback_for_local:
          '로컬 개발에는 컴퓨터 밖으로 나가지 않는 `http://localhost`를 사용하십시오.',
        mark_complete:
          '호출한 사실을 알고 있다면 완료로 표시하십시오. 테스터의 표시로 구분하여 보여 줍니다.',
        match_by_new_id: '새 회원번호로 돌아온 회원은 기존 회원 정보와 직접 합치십시오.',
        mend_report:
          '각 항목을 `kakao;desc="METHOD PATH STATUS"` 형식으로 쓰십시오. 예) `kakao;desc="GET /v2/user/me 200"`',
        move_me_to_server: '서버에서 토큰을 요청한 직후 `/v2/user/me`를 호출하십시오.',
        name_account: '실제로 서로 다른 계정이라면 로그인마다 계정 이름을 입력하여 구분하십시오.',
        need_profile: '`react-kakao-login`에서는 `needProfile`을 켜 두십시오.',
        not_a_logout: '-401은 토큰이나 키에 관한 응답이므로 연결이 끊긴 것으로 처리하지 마십시오.',
        oidc_add_me:
          'ID 토큰을 쓰더라도 사용자의 최초 로그인에서는 `GET /v2/user/me`를 한 번 호출하십시오.',
        one_app_key: '회원번호는 앱마다 다르므로 하나의 서비스에는 하나의 앱을 사용하십시오.',
        plan_sdk_v2:
          'SDK v2로 전환할 계획을 세우십시오. 로그인은 리디렉션으로 이루어지고 서버가 인가 코드를 받습니다.',
        prefer_auto:
          '수동 연결이 꼭 필요하지 않다면 카카오가 권장하는 자동 연결을 사용할 수 있는지 확인하십시오.',
        read_code: '개발자 도구나 HAR 파일에서 응답 본문의 코드를 확인하고 가이드에서 찾으십시오.',
        read_error_description: '콜백 주소의 `error_description`을 확인하십시오.',
        read_page_code: '카카오가 표시한 페이지에서 KOE 코드를 확인하십시오.',
        renew_admin_key: '콘솔에서 어드민 키를 새로 발급하여 교체하고 기존 키를 삭제하십시오.',
        renew_secret:
          '콘솔에서 클라이언트 시크릿을 다시 발급하십시오. 기존 값은 노출된 것으로 보아야 합니다.',
        replace_retired: '`GET /v2/user/me`로 바꾸십시오.',
        report_server_timing:
          '서버가 콜백의 응답 헤더로 호출을 알리게 하십시오. `Server-Timing: kakao;desc="GET /v2/user/me 200"`',
        response_type_code: '`response_type=code`를 보내십시오.',
        resume: '기록을 다시 시작하십시오.',
        scope_when_needed:
          '`scope`와 `service_terms`는 매번 보내지 말고 추가 동의가 필요할 때만 보내십시오.',
        sdk_request_me: '또는 로그인 뒤에 `Kakao.API.request`로 `/v2/user/me`를 직접 호출하십시오.',
        send_state:
          '요청마다 새로운 임의의 `state`를 보내고, 사용자 세션에 보관했다가 콜백에서 비교하십시오.',
        set_consent_item: '콘솔에서 앱에 동의항목이 설정되어 있는지 확인하십시오.',
        spring_user_info_uri:
          'Spring Security에서는 `issuer-uri` 대신 `user-info-uri`를 `https://kapi.kakao.com/v2/user/me`로 지정하십시오.',
        store_new_refresh:
          '갱신 응답에 새 리프레시 토큰이 있으면 저장하십시오. 이전 토큰은 더 이상 사용할 수 없습니다.',
        switch_feature_on: '콘솔에서 호출에 필요한 동의항목이나 API 사용 설정을 켜십시오.',
        token_out_of_url: '토큰은 주소가 아니라 요청 본문이나 HttpOnly 쿠키로 전달하십시오.',
        treat_as_unlinked:
          '서버에서는 -101을 연결이 없는 상태로 처리하고 사용자를 로그인 화면으로 보내십시오.',
        try_again: '다시 호출하십시오. 유효 시간 안에 한 번만 성공하면 됩니다.',
        unlink_on_withdrawal:
          '`/v1/user/unlink`는 회원이 탈퇴할 때만, 되도록 서버에서 호출하십시오.',
        watch_site: '‘이 사이트 관찰하기’로 사이트 관찰을 시작하십시오.',
      },
      causes: {
        abandoned_sign_ups:
          '가입 도중에 그만둔 사용자나 봇일 수 있습니다. 이 경우 배포와 관계없이 고르게 나타납니다.',
        call_elsewhere:
          '같은 토큰으로 서버 등 다른 곳에서 호출했을 수 있습니다. 이 경우 서버 로그에 기록이 있습니다.',
        callback_incomplete: '카카오가 가입 미완료로 연결을 끊었습니다. 콜백 기록에 남아 있습니다.',
        callback_other: '다른 이유로 연결이 끊겼습니다. 콜백 기록에는 $1로 남아 있습니다.',
        code_10:
          '-10: 허용된 호출 횟수를 넘은 경우이며, 시간이 지나면 같은 호출이 다시 성공합니다.',
        code_101:
          '-101: 연결되지 않은 계정인 경우이며, 다른 호출도 마찬가지로 실패합니다. 연결이 끊겼거나, 수동 연결에서 아직 수동 연결 API를 호출하지 않은 것입니다.',
        code_102:
          '-102: 이미 연결된 계정인 경우이며, 로그인에는 문제가 없습니다. 수동 연결이라면 완료된 것입니다.',
        code_12: '-12: 앱이나 개발자 계정이 제재된 경우이며, 모든 호출이 실패합니다.',
        code_2: '-2: 인자가 없거나 잘못된 경우이며, 모든 계정에서 실패합니다.',
        code_3: '-3: 콘솔에서 기능이 꺼진 경우이며, 모든 계정에서 실패합니다.',
        code_4: '-4: 카카오계정이 제재된 경우이며, 동의 여부와 관계없이 이 계정에서만 실패합니다.',
        code_402:
          '-402: 이 계정이 동의하지 않은 경우이며, 동의한 계정에서는 성공합니다. 본문에 `required_scopes`가 있습니다.',
        code_5: '-5: 앱에 권한이 없는 경우이며, 앱 멤버만 성공할 수 있습니다.',
        code_6: '-6: 카카오가 허용하지 않는 동작인 경우이며, 다른 호출은 성공합니다.',
        code_9: '-9: 카카오가 제공을 종료한 API인 경우이며, 모든 계정에서 항상 실패합니다.',
        code_library:
          '`arctic`처럼 토큰 발급까지만 하고 사용자 정보 조회는 직접 하도록 하는 라이브러리입니다.',
        domain_mismatch:
          'JavaScript 키에 사이트 도메인이 등록되지 않았습니다. 이 경우 같은 토큰으로 서버에서 호출하면 성공합니다.',
        fixed_id_is_off:
          '여기에 지정된 대로 사용자 아이디 고정이 꺼져 있습니다. 연결이 끊겼다가 다시 만들어지면 회원번호가 바뀝니다.',
        fixed_id_off:
          '사용자 아이디 고정이 꺼져 있습니다. 2018년 9월 19일 이전에 만든 앱에서만 가능하며 콘솔에서 확인할 수 있습니다.',
        hosted_oidc:
          'Firebase, Cognito, Auth0, Keycloak에 카카오를 일반 OpenID Connect 공급자로 등록한 경우이며, userinfo까지만 호출합니다.',
        id_token_sign_in:
          'Supabase의 `signInWithIdToken`처럼 ID 토큰으로 로그인하는 방식이며, 카카오를 호출하지 않습니다.',
        incomplete_before:
          '이전 로그인이 24시간 넘게 완료되지 않았습니다. 호출을 볼 수 있었으나 인정되는 호출이 없었습니다. 이 경우 웹훅에 `INCOMPLETE_SIGN_UP`이 옵니다.',
        incomplete_unseen:
          '이전 로그인이 완료되지 않았을 수 있습니다. 24시간이 지났고 그 호출은 볼 수 없었습니다. 이 경우 웹훅에 `INCOMPLETE_SIGN_UP`이 옵니다.',
        koe003: 'KOE003: 카카오의 일시적인 오류이며, 잠시 뒤에 해결됩니다.',
        koe004: 'KOE004: 앱에서 카카오 로그인이 꺼져 있으며, 모든 계정에서 실패합니다.',
        koe005: 'KOE005: 테스트 앱이며 멤버가 아닌 계정입니다. 멤버는 성공합니다.',
        koe006: 'KOE006: 등록되지 않은 리다이렉트 URI입니다. 콘솔의 값과 한 글자씩 비교하십시오.',
        koe008:
          'KOE008: `client_id`에 다른 종류의 키를 보냈습니다. 콘솔에서 키의 종류를 확인할 수 있습니다.',
        koe009: 'KOE009: 등록되지 않은 사이트 도메인이며, 등록된 도메인에서는 성공합니다.',
        koe010: 'KOE010: 클라이언트 시크릿이 없거나 다르며, 모든 계정에서 실패합니다.',
        koe101: 'KOE101: 앱 키가 올바르지 않습니다. `client_id`를 콘솔의 값과 비교하십시오.',
        koe102:
          'KOE102: 카카오톡 채널과 연결되지 않은 앱인데 `channel_public_id`를 보냈습니다. 이 파라미터를 빼면 성공합니다.',
        koe203:
          'KOE203: 필수 동의항목에 동의하지 않았습니다. 필수 항목에 모두 동의하면 성공합니다.',
        koe205:
          'KOE205: `scope`에 앱에 설정되지 않은 동의항목이 있습니다. `scope` 없이는 성공합니다.',
        koe207:
          'KOE207: 필수 파라미터가 빠져 있습니다. 요청에 `client_id`, `redirect_uri`, `response_type`이 있는지 확인하십시오.',
        koe237: 'KOE237: 1분 동안의 토큰 요청이 너무 많았으며, 1분 뒤에는 다시 성공합니다.',
        koe303: 'KOE303: `redirect_uri`가 인가 요청의 값과 다르며, 매번 실패합니다.',
        koe310: 'KOE310: `grant_type`이 올바르지 않으며, 매번 실패합니다.',
        koe320:
          'KOE320: 이미 사용했거나 만료되었거나 알 수 없는 인가 코드입니다. 콜백을 새로고침하면 발생하며, 새로 로그인하면 성공합니다.',
        koe9798: 'KOE9798: 카카오 점검 중이며, 카카오 공지에서 확인할 수 있습니다.',
        link_was_cut:
          '호출 전에 연결이 끊겼습니다. 연결 해제 호출, 사용자의 해제, 카카오의 가입 미완료 처리 중 하나이며, 다음 로그인에서 동의 화면이 표시됩니다.',
        manual_pending:
          '수동 연결이며 아직 수동 연결 API를 호출하지 않았습니다. 이 경우 `/v2/user/me`에 `has_signed_up: false`가 있습니다.',
        other_account: '실제로는 다른 카카오계정이었습니다. 카카오 페이지에서 계정을 비교하십시오.',
        other_app_key: '두 로그인의 앱 키가 다릅니다. 회원번호는 앱마다 다릅니다.',
        prompt_login:
          '요청에 `prompt=login`이 있어 매번 비밀번호를 묻습니다. 이 화면을 동의 화면으로 착각하기 쉽지만, 동의항목은 표시되지 않습니다.',
        refresh_after_cut:
          '연결 해제나 가입 미완료 처리로 연결이 끊기면 모든 토큰이 만료됩니다. 이 경우 다음 로그인에서 동의 화면이 표시됩니다.',
        refresh_after_incomplete:
          '24시간이 지나도록 완료되지 않은 최초 로그인이 있습니다. 카카오가 연결을 끊으면 토큰도 만료됩니다.',
        refresh_after_unlink:
          '그 전에 `/v1/user/unlink`가 호출되어 계정의 모든 토큰이 만료되었습니다.',
        refresh_expired:
          '리프레시 토큰의 유효 기간인 약 두 달이 지났습니다. 발급받은 시각과 비교하십시오.',
        refresh_reused:
          '그 전에 토큰 갱신이 성공했습니다. 그 응답에 새 리프레시 토큰이 있었다면 이전 토큰을 다시 사용한 것입니다.',
        refresh_reused_unseen:
          '새 리프레시 토큰이 발급된 뒤에 이전 토큰을 사용했습니다. 토큰 저장소의 마지막 저장 시각으로 확인할 수 있습니다.',
        release_stopped_calling:
          '배포에서 인정되는 호출이 빠졌습니다. 이 경우 배포 하루 뒤부터 연결 해제가 늘어납니다.',
        removed_by_user:
          '사용자가 카카오계정의 연결된 서비스 관리에서 앱을 해제했거나 계정을 탈퇴했습니다. 이 경우 웹훅에 `UNLINK_FROM_APPS`나 `ACCOUNT_DELETE`가 옵니다.',
        scope_each_time:
          '추가 항목을 요청했으므로 추가 동의일 수 있으며, 연결이 끊긴 적이 없을 수 있습니다. 이 경우 `scope`와 `service_terms`를 빼면 화면이 표시되지 않습니다.',
        silent_browser: 'SDK는 카카오톡 인앱 브라우저 밖에서 `prompt=none`을 거절합니다.',
        silent_interaction: '계정 선택 등 카카오가 사용자에게 보여 줄 화면이 있습니다.',
        silent_no_session: '이 브라우저에 카카오 로그인 세션이 없습니다.',
        silent_not_linked:
          '앱과 연결되지 않은 계정이거나, 요청한 항목에 모두 동의하지 않은 계정입니다.',
        spring_issuer:
          'Spring Security에서 `issuer-uri`와 `openid`를 사용하는 경우입니다. `/v1/oidc/userinfo`까지만 호출하며, 카카오의 scope 이름이 달라 그마저 호출하지 않는 경우가 많습니다.',
        token_expired: '토큰이 만료되었습니다. 갱신한 토큰으로는 성공합니다.',
        token_wrong_app:
          '다른 앱의 토큰이나 키이거나, 전달 과정에서 값이 잘렸습니다. 이 경우 새로 발급받은 토큰으로도 실패합니다.',
        under_age:
          '코드가 -401이 아니라 -406이라면 만 14세 미만 계정이며, 이를 허용하지 않는 앱입니다.',
        unlinked_by_service:
          '서비스가 `/v1/user/unlink`로 직접 연결을 끊었습니다. 로그아웃에 이 호출을 쓰는 경우가 있으며, 이때 웹훅은 오지 않습니다.',
      },
      ui: {
        title: '진단',
        error: '오류',
        warning: '주의',
        info: '참고',
        causes: '가능한 원인(가능성이 높은 순)',
        steps: '해결 방법',
        evidence: '근거가 된 관찰 기록',
        console: '콘솔 메뉴',
        docs: '문서',
        silence: '이 앱에서 숨기기',
        bringBack: '다시 표시',
        silenced: '이 앱에서 숨긴 진단',
      },
      guide: {
        title: '가이드',
        search: '코드나 단어 검색',
        found: '코드 $2개 중 $1개',
        code: '코드',
        http: 'HTTP',
        meaning: '의미',
        remedy: '해결 방법',
        unstated: '명시되지 않음',
        generated: '이 문서는 확장 프로그램의 가이드와 같은 내용으로 만들어집니다.',
        how: {
          title: '규칙이 적용되는 방식',
          first:
            '카카오계정이 앱에 처음 로그인하면 카카오는 계정과 앱을 연결하고 24시간을 세기 시작합니다.',
          complete:
            '그 시간 안에 카카오의 목록에 있는 개인정보 조회 API가 200으로 응답해야 가입이 완료됩니다. 페이지인지 서버인지, 사용자의 토큰인지 어드민 키인지는 관계가 없습니다.',
          list: '목록은 2020년 12월 카카오 공지에 있으며 이후 다시 공개되지 않았습니다. 나중에 생긴 `/v2/api/talk/channels`와 `/v1/oidc/userinfo`는 인정 여부가 확인되지 않았습니다.',
          cut: '이런 호출이 없으면 매일 실행되는 작업이 연결을 끊습니다. 실행 시각은 공개되지 않았으므로 로그인 후 24시간에서 48시간 사이에 끊깁니다.',
          effect:
            '그러면 계정의 연결된 서비스에서 앱이 사라지고, 모든 토큰이 만료되며, 다음 로그인에서 동의를 다시 요청합니다. 사용자 아이디 고정이 꺼져 있으면 회원번호도 바뀝니다. 등록된 웹훅에는 `INCOMPLETE_SIGN_UP`으로 알립니다.',
          again:
            '한 번 가입이 완료된 계정은 연결이 끊겼다가 다시 만들어지기 전까지 다시 검사하지 않습니다.',
        },
        calls: {
          title: '인정되는 호출',
          listed:
            '목록에 있는 호출입니다. 자동 연결에서 이 중 하나가 200으로 응답하면 최초 로그인이 완료됩니다.',
          signup:
            '수동 연결에서는 이 호출만 인정됩니다. 200으로 응답하거나, 이미 가입된 계정이어서 -102로 응답하면 완료됩니다.',
          unconfirmed:
            '확인되지 않은 호출입니다. 개인정보 조회이지만 목록에 없으므로 이것만 믿고 사용하지 마십시오.',
          never: '인정되지 않는 호출입니다.',
        },
        tree: {
          title: '자동 연결과 사용자 아이디 고정: 내 앱은 어느 쪽입니까?',
          option: '콘솔에 ‘로그인 시 앱 자동 연결’ 항목이 있습니까?',
          optionNo:
            '없습니다. 자동 연결을 사용하는 앱입니다. 로그인할 때마다 `/v2/user/me`를 호출하십시오.',
          optionOn:
            '있고 켜져 있습니다. 자동 연결입니다. 로그인할 때마다 `/v2/user/me`를 호출하십시오.',
          optionOff:
            '있고 꺼져 있습니다. 수동 연결입니다. 24시간 안에 `POST /v1/user/signup`을 호출하십시오.',
          cannot:
            '콘솔을 볼 수 없습니까? `/v2/user/me` 응답에 `has_signed_up`이 있으면 수동 연결이고, 전체 응답에 없으면 자동 연결입니다.',
          age: '2018년 9월 19일 이후에 만든 앱입니까?',
          ageYes:
            '그렇습니다. 사용자 아이디 고정이 기본으로 켜져 있습니다. 연결이 끊겨도 계정의 회원번호가 유지됩니다.',
          ageNo:
            '아닙니다. 콘솔에서 확인하고 켜십시오. 꺼져 있는 동안에는 연결이 끊겼던 계정이 새 회원으로 돌아옵니다.',
        },
        sees: {
          title: 'Linkwatch가 볼 수 있는 것과 볼 수 없는 것',
          can: '볼 수 있는 것',
          redirects: '모든 사이트에서 카카오로 가고 카카오에서 돌아오는 리디렉션',
          calls:
            '관찰하는 사이트에서는 페이지, 워커, SDK 프레임이 브라우저에서 보내는 토큰 요청과 API 호출',
          reports: '관찰하는 사이트에서는 서버가 `Server-Timing` 헤더로 알려 주는 내용',
          har: '가져온 HAR 파일에서는 응답 본문에 있는 오류 코드, `has_signed_up`, `connected_at`',
          cannot: '볼 수 없는 것',
          server:
            '서버가 알리지 않고 카카오와 주고받는 통신(이런 로그인은 미완료가 아니라 ‘확인할 수 없음’으로 판정합니다)',
          webhooks: '카카오가 서버로 보내는 웹훅',
          bodies: '실시간 통신의 응답 본문(403의 오류 코드를 알 수 없습니다)',
          phone: '휴대전화의 카카오톡에서 이루어지는 로그인',
          kept: '인가 코드, 토큰, 시크릿, 키는 보관하지 않으며 회원번호는 솔트를 더한 해시로만 보관합니다.',
        },
        koe: {
          title: 'OAuth 오류 코드(KOE)',
          intro:
            '카카오의 오류 페이지나 토큰 응답의 `error_code`에 있습니다. HTTP 상태 코드는 자료마다 다를 수 있으므로 오류 코드로 판단하십시오.',
        },
        api: {
          title: 'API 오류 코드',
          intro: '`kapi.kakao.com`이 200이 아닌 응답을 보낼 때 본문의 `code`에 있습니다.',
        },
        rules: {
          title: '진단 규칙',
          intro:
            '모든 진단에는 근거가 된 관찰 기록이 있습니다. 규칙은 근거가 뒷받침하는 내용만 말하며, 원인이 여럿일 때는 가능성이 높은 순으로 나열합니다.',
        },
        glossary: { title: '용어', english: '영어', korean: '한국어', explained: '뜻' },
      },
      glossary: {
        first_login: '카카오계정과 앱 사이에 새 연결을 만든 로그인입니다.',
        qualifying_call: '카카오의 목록에 있는 API가 200으로 응답한 호출입니다.',
        window: '최초 로그인 후 24시간입니다.',
        deadline: '유효 시간이 끝나는 시각입니다.',
        verdict: '어떤 시점에 최초 로그인을 평가한 결과입니다.',
        visibility: '로그인의 호출을 볼 수 있었는지를 나타냅니다.',
        link_mode:
          '로그인할 때 카카오가 연결하는지(자동), 서비스가 API로 연결하는지(수동)를 나타냅니다.',
        observation: '통신에서 얻은, 비밀 값이 없는 하나의 사실입니다.',
        finding: '규칙에 해당하여 근거와 해결 방법을 함께 보여 주는 항목입니다.',
        session: '이름을 붙인 테스트 구간이며, 보고서는 한 세션을 다룹니다.',
        unlink: '계정과 앱의 연결을 끊는 것입니다.',
        webhook: '연결이 끊겼을 때 카카오가 서버로 보내는 알림이며, 이전 이름은 ‘콜백’입니다.',
        fixed_user_id: '연결이 끊겼다가 다시 만들어져도 회원번호를 유지하는 설정입니다.',
      },
    },
    errors: {
      koe001: {
        meaning: '잘못된 형식의 요청입니다.',
        remedy: '요청 파라미터를 카카오 문서와 비교하십시오.',
      },
      koe002: {
        meaning: '카카오에 없는 주소로 보낸 요청입니다.',
        remedy: '호스트와 경로를 확인하십시오. `https://kauth.kakao.com/oauth/authorize`',
      },
      koe003: {
        meaning: '카카오 OAuth 서버의 일시적인 오류입니다.',
        remedy: '잠시 뒤에 다시 시도하고, 계속되면 데브톡에 문의하십시오.',
      },
      koe004: {
        meaning: '앱에서 카카오 로그인을 사용하도록 설정하지 않았습니다.',
        remedy: '콘솔에서 카카오 로그인을 켜십시오.',
      },
      koe005: {
        meaning: '테스트 앱이며, 로그인한 계정이 앱 멤버가 아닙니다.',
        remedy: '계정을 앱 멤버로 추가하거나 실제 앱의 키로 테스트하십시오.',
      },
      koe006: {
        meaning: '이 키에 등록되지 않은 리다이렉트 URI입니다.',
        remedy:
          '보내는 `redirect_uri`를 그대로 등록하십시오. 프로토콜, 호스트, 포트, 경로, 끝의 슬래시까지 모두 같아야 합니다.',
      },
      koe007: {
        meaning: '등록되지 않은 로그아웃 리다이렉트 URI입니다.',
        remedy: '보내는 `logout_redirect_uri`를 등록하십시오.',
      },
      koe008: {
        meaning: '인가 요청에 맞지 않는 종류의 앱 키를 사용했습니다.',
        remedy:
          'REST API 키를, JavaScript SDK에서는 JavaScript 키를 사용하십시오. 어드민 키는 사용할 수 없습니다.',
      },
      koe009: {
        meaning:
          '이 키에 사이트 도메인, 번들 ID 또는 키 해시가 등록되지 않았습니다(`misconfigured`).',
        remedy: '페이지의 도메인을 프로토콜과 포트까지 포함하여 JavaScript 키에 등록하십시오.',
      },
      koe010: {
        meaning: '클라이언트 시크릿이 없거나 올바르지 않습니다.',
        remedy:
          '서버의 토큰 요청에 `client_secret`을 넣으십시오. 새 REST API 키에는 클라이언트 시크릿이 처음부터 켜져 있습니다.',
      },
      koe101: {
        meaning: '앱 키가 올바르지 않거나 종류가 다릅니다(`invalid_client`).',
        remedy: '콘솔에서 키를 다시 복사하고 어느 환경의 키인지 확인하십시오.',
      },
      koe102: {
        meaning: '카카오톡 채널과 연결되지 않은 앱인데 `channel_public_id`를 보냈습니다.',
        remedy: '채널을 앱에 연결하거나 파라미터를 빼십시오.',
      },
      affiliate: {
        meaning: '카카오 공동체만 사용할 수 있는 파라미터를 보냈습니다.',
        remedy: '카카오의 공개 문서에 없는 파라미터를 빼십시오.',
      },
      unexplained: {
        meaning:
          '클라이언트 또는 설정 오류로 보이며, 카카오는 이 코드의 의미를 공개하지 않았습니다.',
        remedy: '키, 리다이렉트 URI, 시크릿을 콘솔과 비교하고 데브톡에 문의하십시오.',
      },
      koe201: {
        meaning: '지원하지 않는 `response_type`입니다.',
        remedy: '`response_type=code`를 보내십시오.',
      },
      koe202: {
        meaning:
          '`response_type=token`은 거절됩니다. 카카오는 암시적 승인 방식을 제공하지 않습니다.',
        remedy: '인가 코드 방식(`response_type=code`)을 사용하십시오.',
      },
      koe203: {
        meaning: '필수 동의항목에 동의하지 않았습니다.',
        remedy: '필요한 이유를 안내하고 로그인을 다시 시작하십시오.',
      },
      koe204: {
        meaning: '허용되지 않는 파라미터 값입니다.',
        remedy: '`prompt`, `scope`, `service_terms`의 값을 문서와 비교하십시오.',
      },
      koe205: {
        meaning: '앱에 설정하지 않은 동의항목을 `scope`로 요청했습니다(`invalid_scope`).',
        remedy: '콘솔에서 동의항목을 설정하거나 `scope`에서 빼십시오.',
      },
      koe207: {
        meaning: '필수 파라미터가 없습니다.',
        remedy: '`client_id`, `redirect_uri`, `response_type`을 보내십시오.',
      },
      koe237: {
        meaning: '1분 동안의 토큰 요청이 카카오의 한도를 넘었습니다.',
        remedy:
          '매번 요청하지 말고 만료될 때까지 토큰을 보관하여 사용하십시오. 1분 뒤에 다시 시도하십시오.',
      },
      koe303: {
        meaning: '인가 요청과 토큰 요청의 `redirect_uri`가 서로 다릅니다.',
        remedy: '두 요청에 같은 `redirect_uri`를 그대로 보내십시오.',
      },
      koe310: {
        meaning: '`grant_type`이 올바르지 않습니다.',
        remedy: '본문의 폼 데이터로 `authorization_code` 또는 `refresh_token`을 보내십시오.',
      },
      koe319: {
        meaning: '리프레시 토큰이 없습니다.',
        remedy: '`refresh_token`을 보내고, 로그인할 때 저장했는지 확인하십시오.',
      },
      koe320: {
        meaning: '이미 사용했거나 만료되었거나 알 수 없는 인가 코드입니다.',
        remedy:
          '인가 코드는 받은 즉시 한 번만 교환하고, 새로고침으로 다시 보내지 않도록 주소에서 지우십시오.',
      },
      koe322: {
        meaning:
          '만료되었거나 알 수 없는 리프레시 토큰입니다. 새 토큰으로 교체되었거나 연결이 끊겼을 수 있습니다.',
        remedy:
          '가장 최근에 받은 리프레시 토큰을 보관하고 사용자를 로그인 화면으로 보내십시오. 동의를 요청하면 연결이 끊겼던 것입니다.',
      },
      koe400: {
        meaning: '`/oauth/tokeninfo`에 보낸 ID 토큰이 유효하지 않습니다.',
        remedy: 'ID 토큰 전체를 보냈는지, 만료되지 않았는지 확인하십시오.',
      },
      koe406: {
        meaning: '만 14세 미만 계정이며, 앱이 이를 허용하지 않습니다.',
        remedy: '다른 계정으로 테스트하거나 앱의 만 14세 미만 사용자 설정을 확인하십시오.',
      },
      koe501: {
        meaning: '카카오톡을 사용하지 않는 계정입니다.',
        remedy: '카카오톡을 사용하는 계정으로 테스트하십시오.',
      },
      koe602: { meaning: '이미지 용량이 너무 큽니다.', remedy: '더 작은 이미지를 보내십시오.' },
      koe903: {
        meaning: '등록되지 않은 개발자의 키입니다.',
        remedy: '어느 앱의 키인지 확인하십시오.',
      },
      koe911: {
        meaning: '지원하지 않는 이미지 형식입니다.',
        remedy: '문서에 있는 형식의 이미지를 보내십시오.',
      },
      koe9798: {
        meaning: '카카오 서비스 점검 중입니다.',
        remedy: '카카오 공지를 확인하고 나중에 다시 시도하십시오.',
      },
      api1: { meaning: '카카오 내부 오류입니다.', remedy: '다시 호출하십시오.' },
      api2: {
        meaning: '인자가 없거나, 형식이 다르거나, 범위를 벗어났습니다.',
        remedy: '호출의 파라미터를 확인하십시오.',
      },
      api3: {
        meaning: '호출에 필요한 기능을 앱에서 켜지 않았습니다.',
        remedy: '콘솔에서 동의항목이나 API 사용 설정을 켜십시오.',
      },
      api4: { meaning: '제재된 카카오계정입니다.', remedy: '다른 계정으로 테스트하십시오.' },
      api5: {
        meaning: '앱에 이 API의 사용 권한이 없습니다.',
        remedy: '콘솔에서 권한을 신청하십시오.',
      },
      api6: {
        meaning: '카카오가 허용하지 않는 동작입니다.',
        remedy: 'API 문서에서 허용하는 범위를 확인하십시오.',
      },
      api7: {
        meaning: '카카오 점검 중이거나 내부 오류가 있습니다.',
        remedy: '카카오 공지를 확인하고 나중에 다시 호출하십시오.',
      },
      api8: {
        meaning: '요청 헤더가 올바르지 않습니다.',
        remedy: '`Authorization`과 `Content-Type`을 확인하십시오.',
      },
      api9: {
        meaning: '카카오가 제공을 종료한 API입니다.',
        remedy: '다른 API로 바꾸십시오. 대부분 `/v2/user/me`로 바꿀 수 있습니다.',
      },
      api10: {
        meaning: '허용된 호출 횟수를 넘었습니다.',
        remedy: '잠시 기다리고, 콘솔에서 어느 쿼터를 넘었는지 확인하십시오.',
      },
      api11: {
        meaning: '유료 API의 일 한도 또는 월 한도를 넘었습니다.',
        remedy: '콘솔에서 한도를 올리십시오.',
      },
      api12: {
        meaning: '앱 또는 개발자 계정이 제재되었습니다.',
        remedy: '데브톡에서 카카오에 문의하십시오.',
      },
      api101: {
        meaning: '앱과 연결되지 않은 계정입니다.',
        remedy:
          '사용자를 로그인 화면으로 보내고, 수동 연결이라면 수동 연결 API를 먼저 호출하십시오.',
      },
      api102: {
        meaning: '이미 앱과 연결된 계정입니다.',
        remedy: '수동 연결에서는 성공과 같습니다. 자동 연결에서는 이 호출을 제거하십시오.',
      },
      api103: {
        meaning: '휴면 상태이거나 존재하지 않는 카카오계정입니다.',
        remedy: '다른 계정으로 테스트하십시오.',
      },
      api201: {
        meaning: '앱에 등록되지 않은 사용자 프로퍼티입니다.',
        remedy: '프로퍼티 키를 콘솔의 값과 비교하십시오.',
      },
      api301: { meaning: '존재하지 않는 앱입니다.', remedy: '앱 키를 확인하십시오.' },
      api401: {
        meaning: '키나 토큰이 유효하지 않거나, 등록된 앱 정보와 호출한 곳이 일치하지 않습니다.',
        remedy: '토큰을 갱신하고 사이트 도메인이 등록되어 있는지 확인하십시오.',
      },
      api402: {
        meaning: '호출에 필요한 항목에 동의하지 않은 계정입니다.',
        remedy: '`required_scopes`의 항목을 `scope`에 넣은 인가 요청으로 추가 동의를 받으십시오.',
      },
      api405: {
        meaning: '연령 확인이 필요한 계정입니다.',
        remedy: '사용자가 카카오에서 연령을 확인한 뒤 다시 호출하십시오.',
      },
      api406: {
        meaning: '만 14세 미만 계정이며, 앱이 이를 허용하지 않습니다.',
        remedy: '다른 계정으로 테스트하거나 앱의 만 14세 미만 사용자 설정을 확인하십시오.',
      },
      api501: {
        meaning: '카카오톡을 사용하지 않는 계정입니다.',
        remedy: '카카오톡을 사용하는 계정으로 테스트하십시오.',
      },
      api502: {
        meaning: '보내는 사람과 받는 사람이 친구가 아닙니다.',
        remedy: '친구 목록에서 받는 사람을 고르십시오.',
      },
      api504: { meaning: '지원하지 않는 기기입니다.', remedy: '다른 기기에서 테스트하십시오.' },
      api530: {
        meaning: '받는 사람이 이 앱의 메시지를 받지 않습니다.',
        remedy: '메시지를 차단하지 않은 사용자로 테스트하십시오.',
      },
      api531: {
        meaning: '메시지 전송 한도를 넘었습니다.',
        remedy: '잠시 기다리고, 콘솔에서 어느 쿼터를 넘었는지 확인하십시오.',
      },
      api532: {
        meaning: '한 사용자의 메시지 전송 또는 수신 한도를 넘었습니다.',
        remedy: '다음 날까지 기다리거나 다른 계정으로 테스트하십시오.',
      },
      api602: { meaning: '이미지 용량이 너무 큽니다.', remedy: '더 작은 이미지를 보내십시오.' },
      api603: {
        meaning: '카카오의 요청 처리 시간이 초과되었습니다.',
        remedy: '다시 호출하십시오.',
      },
      api606: { meaning: '이미지 개수가 너무 많습니다.', remedy: '이미지 개수를 줄이십시오.' },
      api903: {
        meaning: '등록되지 않은 개발자의 키입니다.',
        remedy: '어느 앱의 키나 토큰인지 확인하십시오.',
      },
      api911: {
        meaning: '지원하지 않는 이미지 형식입니다.',
        remedy: '문서에 있는 형식의 이미지를 보내십시오.',
      },
      api9798: {
        meaning: '카카오 서비스 점검 중입니다.',
        remedy: '카카오 공지를 확인하고 나중에 다시 호출하십시오.',
      },
    },
  },
};
