/** How the commands for pipelines end; scripts rely on these numbers. */
export const Ending = {
  /** Yes, or done. */
  YES: 0,
  /** No, with the reasons: it cannot be deployed, or the server refused what was sent. */
  NO: 1,
  /** Nobody could say: the server is not reachable, busy, at fault, or does not let this key ask. */
  CANNOT_TELL: 2,
  /** The command was called in the wrong way. */
  USAGE: 3,
} as const;
export type Ending = (typeof Ending)[keyof typeof Ending];

/** Ends a command; its message is told as it stands. */
export class PipelineError extends Error {
  constructor(
    readonly exitCode: Ending,
    message: string,
    /** What the server said, for `--json`. */
    readonly problem?: object,
  ) {
    super(message);
  }
}

export const badUsage = (message: string) => new PipelineError(Ending.USAGE, message);
export const cannotTell = (message: string) => new PipelineError(Ending.CANNOT_TELL, message);
