import { FORMATS } from '../utils/report/formats/format-list.ts';

/** What `--help` says. */
export const HELP = `linkwatch check FILE… [options]

linkwatch emulator [options]

linkwatch mcp

check says of each first Kakao login in HAR files and Linkwatch reports whether its
sign-up was completed in time, before Kakao cuts the link.

FILE is a HAR (of a browser's developer tools, Playwright, mitmproxy, Charles, …),
a report that Linkwatch wrote, a pattern such as 'har/**/*.har', or - for standard
input.

  --at INSTANT           judge as of this instant, for example 2026-11-23T04:00:00Z,
                         or so many hours after what was recorded last: +25h
                         (default: now; what was recorded later is ignored)
  --server FILE          what the site's back end recorded of its calls to Kakao: a
                         proxy's HAR, or spans as OTLP/JSON (as the OpenTelemetry
                         Collector's file exporter writes them). Its calls join the
                         logins in FILE (may be given several times)
  --link-mode APP=MODE   link mode of an app by its key: auto, manual or unknown
                         (may be given several times)
  -f, --format FORMAT    text, ${Object.keys(FORMATS).join(', ')}
                         (default: text)
  -o, --out FILE         write there instead of standard output; folders are made
  --merge                several files as one report: what several files tell shows
                         once, and every browser is judged apart. Formats that hold
                         one document merge by themselves
  --strict               also fail when a first login could not be seen, is still
                         pending, or its verdict is in doubt
  --expect-first N       fail unless exactly N first logins were judged
  --allow-none           do not fail when no first login was judged
  --lang ko|en           language of the report (default: the terminal's)
  --whole-client-ids     write app keys whole instead of masked
  -h, --help, -v, --version

emulator starts an emulated Kakao for end-to-end tests on this machine and says how a
browser and a back end reach it. Lines on standard input: pass 25h, links.

  --app APP=REDIRECT_URI     an app by its key (may be given several times)
  --link-mode APP=MODE       auto or manual (default: auto)
  --account NAME             an account (may be given several times; default: alice, bob)
  --port PORT                port for back ends (default: 8787)
  --host HOST, --expose      listen where other machines reach it; it signs in anybody

mcp serves the Model Context Protocol on standard input and output: tools that check files,
explain a word of a report or a code of Kakao's, and list the rules.

Exit code 0: a first login was judged, and none was missed. 1: a first login was missed or
late (or, with --strict, unseen, pending or in doubt). 2: wrong usage, or a file that cannot
be read. 3: no first login was judged, or not as many as expected.

Colours: on a terminal; NO_COLOR=1 turns them off, FORCE_COLOR=1 on.

Examples
  linkwatch check login.har --at +25h
  linkwatch check 'test-results/**/*.har' --merge --at +25h --format junit --out junit.xml
  linkwatch check session.json --at 2026-11-23T04:00:00Z --link-mode 0123456789abcdef=manual
  linkwatch check login.har --server egress.har --server 'spans/*.jsonl'
  cat login.har | linkwatch check - --format json | jq .counts
`;
