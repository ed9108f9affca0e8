import type { Fault } from '../fault.js';
import { slowNetwork, stalledNetwork } from './bad-network.js';
import { clientsGone } from './clients-gone.js';
import { killedService, sigterm } from './ended-service.js';
import { exhaustedPool } from './exhausted-pool.js';
import { flood } from './flood.js';
import { blackHole, vanishedPeer } from './half-open.js';
import { killedDatabase } from './killed-database.js';
import { resetConnections, terminatedSessions } from './lost-connections.js';
import { lostListener } from './lost-listener.js';
import { redisDown } from './redis-down.js';
import { refusedRequests } from './refused-requests.js';
import { restartedPooler } from './restarted-pooler.js';
import { unknownOutcome } from './unknown-outcome.js';

/** Everything that goes wrong, in the order in which it does. */
export const FAULTS: Fault[] = [
  unknownOutcome,
  killedDatabase,
  terminatedSessions,
  resetConnections,
  slowNetwork,
  stalledNetwork,
  vanishedPeer,
  blackHole,
  exhaustedPool,
  flood,
  clientsGone,
  refusedRequests,
  sigterm,
  killedService,
  restartedPooler,
  redisDown,
  lostListener,
];
