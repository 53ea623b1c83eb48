import type { Exchange } from './exchange.ts';
import type { Deed } from './history.ts';

/** A callback that Kakao sent to the site, as its log has it. */
export interface LoggedCallback {
  userId: number;
  appId: string;
  referrerType: string;
  /** True time. */
  at: number;
}

/** What stands between the browser and the judge. */
export interface Recorder {
  /** Takes an exchange in. Returns whether the judge is given anything of it. */
  hear(e: Exchange): boolean;
  /** Something the tester or the browser did to the recording. */
  tell(deed: Deed, at: number): void;
  callback(entry: LoggedCallback, timeKnown: boolean, at: number): void;
  /** It knows the bodies of Kakao's answers. */
  readonly knowsBodies: boolean;
  /** Observations given to the judge so far, and those lost on the way. */
  readonly delivered: number;
  readonly lost: number;
}
