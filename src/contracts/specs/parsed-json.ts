import { isDeeperThan } from '../../http/index.js';

/** As deep as bodies of requests may be; deeper ones would end the stack of what looks at them. */
const MAX_DEPTH = 100;

/** What a text means as JSON; the text itself where it is none, or nests too deep. */
export function parsedJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isDeeperThan(MAX_DEPTH, value) ? text : value;
  } catch {
    return text;
  }
}
