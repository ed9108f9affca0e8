import type { Plan } from './capture.js';
import type { Request } from './requests.js';

/** Some are made in the request, and are others each time. */
const NEW_IDS = /'[0-9a-f-]{36}'::uuid/g;

/** A request, and how the server ran each of its statements. */
export function planText({ method, path }: Pick<Request, 'method' | 'path'>, plans: Plan[]): string {
  const texts = plans.flatMap(({ statement, plan }) => [
    '',
    statement,
    '',
    plan.replace(NEW_IDS, "'...'::uuid").replace(/^/gm, '    '),
  ]);
  return [`### ${method} ${path}`, ...texts, ''].join('\n');
}
