import {
  type TestApp,
  type TestAppOptions as Options,
  createTestApp as createApp,
} from '../../src/testing/test-app.js';
import { installNotes } from '../notes/install-notes.js';
import { NotesModule } from '../notes/notes.module.js';
import * as notesSchema from '../notes/notes.schema.js';
import { createTestDatabase } from './database.js';
import { pooledEnvironment } from './pooled.js';
import { noteSecret, testLogFile } from './test-logs.js';

export type { Answer, Call, TestApp } from '../../src/testing/test-app.js';

export type TestAppOptions = Pick<Options, 'environment' | 'imports' | 'sharing' | 'database'>;

/** The whole application with the notes resource on top; what it logs is searched for the keys that went in and out. */
export async function createTestApp({ imports = [], ...options }: TestAppOptions = {}): Promise<TestApp> {
  const suite = options.sharing?.database ?? options.database ?? (await createTestDatabase());
  const api = await createApp({
    ...options,
    database: suite,
    environment: { ...pooledEnvironment(suite), ...options.environment },
    imports: [NotesModule, ...imports],
    schema: notesSchema,
    prepare: (database) => installNotes((text) => database.query(text)),
    logFile: testLogFile(),
  });
  return {
    ...api,
    call: async (method, url, call) => {
      if (call?.as) noteSecret(call.as);
      const answer = await api.call(method, url, call);
      for (const [key] of answer.text.matchAll(/rh_[0-9a-f]{20}_[0-9a-f]{64}/g)) noteSecret(key);
      return answer;
    },
  };
}
