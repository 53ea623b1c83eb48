/** Most UTF-16 code units of a session's name and of who tests what: a report with a longer one could not be read again. */
export const MAX_SESSION_TEXT = 500;
