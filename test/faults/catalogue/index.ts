import type { Fault } from '../fault.js';
import { killedDatabase } from './killed-database.js';
import { unknownOutcome } from './unknown-outcome.js';

/** Everything that goes wrong, in the order in which it does. */
export const FAULTS: Fault[] = [unknownOutcome, killedDatabase];
