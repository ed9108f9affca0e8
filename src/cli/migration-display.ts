import { blockerInWords, type MigrationEvent } from '../migrations/index.js';

const redrawMs = 100;

export interface Display {
  onEvent: (event: MigrationEvent) => void;
  /** Removes the line of progress; before anything else is written. */
  clear: () => void;
}

/** Lines of what was done; in a terminal, below them, one line of what is under way, redrawn ten times a second. */
export function display({ isSilent }: { isSilent: boolean }): Display {
  if (isSilent) return { onEvent: () => undefined, clear: () => undefined };
  return process.stdout.isTTY
    ? terminalDisplay()
    : { onEvent: (event) => print(lineOf(event)), clear: () => undefined };
}

function terminalDisplay(): Display {
  let doing: { text: string; since: number } | undefined;
  const draw = () => {
    if (!doing) return;
    const line = `${doing.text} (${seconds(performance.now() - doing.since)})`;
    // A line that wraps could not be erased.
    process.stdout.write(`\r\u001B[2K${line.slice(0, (process.stdout.columns || 80) - 1)}`);
  };
  const timer = setInterval(draw, redrawMs).unref();
  return {
    onEvent: (event) => {
      erase();
      if (event.kind === 'step-started') doing = { text: event.tag, since: performance.now() };
      else if (event.kind === 'step-applied') doing = undefined;
      else if (event.kind === 'statement-started' && doing)
        doing.text = `${event.tag}: statement ${event.statement}/${event.statements}`;
      if (event.kind !== 'step-started' || event.resumedAt) print(lineOf(event));
      draw();
    },
    clear: () => {
      clearInterval(timer);
      if (doing) erase();
      doing = undefined;
    },
  };
}

const erase = () => process.stdout.write('\r\u001B[2K');

const print = (line: string) => {
  if (line !== '') console.log(line);
};

/** Empty: not worth a line. */
function lineOf(event: MigrationEvent): string {
  switch (event.kind) {
    case 'lock-waiting':
      return `waiting for another migration: ${who(event.holders)}`;
    case 'step-started':
      return event.resumedAt === undefined
        ? `applying ${event.tag} (${event.step}/${event.steps})`
        : `resuming ${event.tag} at statement ${event.resumedAt}`;
    case 'blocked':
      return `${event.tag}, statement ${event.statement}: blocked by ${who(event.blockers)}`;
    case 'retry':
      return `${event.tag}: a lock was not obtained (SQLSTATE ${event.sqlState}), rolled back; attempt ${event.attempt + 1} in ${seconds(event.delayMs)}`;
    case 'index-dropped':
      return `${event.tag}: dropped ${event.index}, which an interrupted build had left INVALID`;
    case 'step-applied':
      return `applied ${event.tag} in ${seconds(event.durationMs)}`;
    case 'statement-started':
      break;
  }
  return '';
}

type Holders = Extract<MigrationEvent, { kind: 'lock-waiting' }>['holders'];
const who = (sessions: Holders) => sessions.map(blockerInWords).join('; ') || 'a session that is gone by now';
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
