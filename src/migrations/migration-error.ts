import type { ExitCode } from './exit-code.js';
import type { Position } from './sql/position.js';

/** Where and why, as far as it is known. */
export interface FailureDetails {
  /** The step, as the journal calls it. */
  tag?: string;
  /** Counted from 1 within the step. */
  statement?: number;
  /** Relative to the folder of the migrations. */
  file?: string;
  position?: Position;
  sqlState?: string;
  detail?: string;
  hint?: string;
  /** The command, or the edit, that mends it. */
  remedy?: string;
  /** Each of several reasons, for machines; the message tells them all. */
  problems?: object[];
  cause?: unknown;
}

/** Why a command of this room stops: everything an operator needs to mend it without reading the code. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';

  readonly exitCode: ExitCode;
  readonly details: FailureDetails;

  // No parameter properties: Jest's globalSetup loads this file with Node's own type stripping.
  constructor(exitCode: ExitCode, message: string, details: FailureDetails = {}) {
    super(message, { cause: details.cause });
    this.exitCode = exitCode;
    this.details = details;
  }

  /** Several lines for a terminal: the place, the message, detail, hint, and what mends it. */
  inWords(): string {
    const { tag, statement, file, position, sqlState, detail, hint, remedy } = this.details;
    const place = file && position ? `${file}:${position.line}:${position.column}` : file;
    const where = [tag, statement && `statement ${statement}`, place].filter(Boolean).join(', ');
    return [
      where && `${where}:`,
      sqlState ? `${this.message} (SQLSTATE ${sqlState})` : this.message,
      detail && `Detail: ${detail}`,
      hint && `Hint: ${hint}`,
      remedy && `To mend it: ${remedy}`,
    ]
      .filter(Boolean)
      .join('\n');
  }

  /** The same for machines (`--json`). */
  toJSON(): object {
    const { cause: _cause, ...details } = this.details;
    return { exitCode: this.exitCode, message: this.message, ...details };
  }
}
