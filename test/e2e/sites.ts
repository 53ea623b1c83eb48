/** The sample shops, by how they log in. */
export const SITES = {
  page: 'https://page.shop.test',
  page2: 'https://page2.shop.test',
  frame: 'https://frame.shop.test',
  popup: 'https://popup.shop.test',
  server: 'https://server.shop.test',
  manual: 'https://manual.shop.test',
} as const;
