/** The page of a recipe shop: who is logged in, and how to log in. The same parts as the emulator's own shops have. */
export const homePage = (
  name,
  state,
  login,
) => `<!doctype html><html lang="ko"><meta charset="utf-8">
<title>${name}</title><link rel="icon" href="data:,">
<body data-state="${state}"><h1>${name}</h1>
${login} <pre id="log">${state}</pre></body></html>`;
