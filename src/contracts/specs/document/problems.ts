/** What is wrong with an uploaded document. */
export interface DocumentProblem {
  /** A JSON pointer. @example /paths/~1orders/get/responses */
  path: string;
  code: string;
  message: string;
}

const MAX_PROBLEMS = 50;
/** Of a path or a message: names in a document may be megabytes long. */
const MAX_TEXT = 500;

/** As many as somebody would read. */
export class Problems {
  readonly all: DocumentProblem[] = [];

  get isFull(): boolean {
    return this.all.length >= MAX_PROBLEMS;
  }

  add(path: string, message: string, code: string): void {
    if (this.isFull) return;
    this.all.push({ path: path.slice(0, MAX_TEXT), code, message: message.slice(0, MAX_TEXT) });
  }
}
