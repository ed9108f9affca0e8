import { Activity } from '../database/index.js';

/** One HTTP request, from its first byte to the last of its answer. */
export class RequestActivity extends Activity {
  /** `performance.now()`. */
  readonly startedAt = performance.now();
  /** Of the caller's trace, or of the one that begins here. */
  traceId: string | undefined;
  /** Its line has been written. */
  isOver = false;

  constructor(readonly requestId: string) {
    super();
  }
}

/** In whose name a request runs, once the guard has found out. */
export interface Caller {
  tenantId: string;
  principal: { kind: string; id: string };
}

/** What came of a request. */
export interface RequestOutcome {
  method: string;
  /** The pattern (`/v1/notes/:id`), never the URL, which holds ids; `unmatched` where no route was found. */
  route: string;
  /** 499, as nginx has it, when the client went away before the whole answer was sent. */
  status: number;
  isAborted: boolean;
  durationMs: number;
  caller: Caller | undefined;
  /** Of who called, or of the last proxy that is not trusted. */
  ip: string;
}
