import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { platform } from 'node:os';

/** When a process started, as an opaque mark that tells it from a later process with the same id; undefined: gone. */
export function processMark(pid: number): string | undefined {
  if (platform() !== 'linux') return ps(pid, 'lstart=');
  const stat = read(`/proc/${pid}/stat`);
  // The name in brackets may itself contain spaces and brackets; the state follows the last one (proc_pid_stat(5)).
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie answers to kill(pid, 0) but holds nothing any more.
  return fields?.[0] === 'Z' ? undefined : fields?.[19];
}

/** The command line of a process, or undefined when it is gone or not ours to see. */
export function processCommand(pid: number): string | undefined {
  if (platform() !== 'linux') return ps(pid, 'args=');
  return read(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ');
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    const args = ['-ww', '-o', column, '-p', String(pid)];
    return (
      execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}
