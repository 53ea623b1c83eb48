/** What the developer tools of a tab of a site tell of an answer: a listed call's, with nothing in its body. */
export const answerMessageOf = (site: string) => ({
  type: 'answer',
  tab: 7,
  site,
  at: 980,
  fact: {
    type: 'answer',
    of: 'api',
    method: 'GET',
    path: '/v2/user/me',
    status: 200,
    error: null,
    sentAt: 900,
    code: null,
    hasSignedUp: null,
    connectedAt: null,
    account: null,
    wholeBody: true,
    cached: false,
    requiredScopes: [],
  },
});
