import 'reflect-metadata';
import { createApp } from './app.js';
import { readConfig } from './config/index.js';
import { endOnCrash } from './crash.js';
import { failStart } from './fail-start.js';
import { AppLogger } from './observability/index.js';
import { closeOnSignal, endOnSignal } from './shutdown.js';

/** The HTTP server on a database of yours: `DATABASE_URL`, `CONTROL_DATABASE_URL`. */
try {
  const release = endOnSignal();
  const config = await readConfig();
  const app = await createApp(config);
  endOnCrash(app.get(AppLogger));
  closeOnSignal(app, config.http.shutdownDelayMs + config.http.drainTimeoutMs);
  release();
  await app.listen(config.http.port, config.http.host);
  app.get(AppLogger).log(`listening on ${await app.getUrl()}`, 'Server');
} catch (error) {
  failStart(error);
}
