import type { Violation } from '../violation.js';

const MAX_FINDINGS = 20;

/** The violations found so far; of too many the first, which is enough to see that the message is another one altogether. */
export class Findings {
  readonly all: Violation[] = [];

  add(path: string, code: string, message: string): void {
    if (this.all.length < MAX_FINDINGS) this.all.push({ path, code, message });
  }
}
