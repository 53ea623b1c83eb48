/** The name of a consent item, such as `account_email`. No id, key or other secret of Kakao's looks like one. */
export const SCOPE_NAME = /^[a-z][a-z_.]{0,39}$/;

/** An answer names no more of them. */
export const MAX_SCOPES = 20;
