import { AsyncLocalStorage } from 'node:async_hooks';

/** A piece of work, such as a request, and what it asked of the database. */
export class Activity {
  /** Statements sent, BEGIN and COMMIT not counted. */
  statements = 0;
  /** Milliseconds in which it waited for the database, for a connection too; statements side by side count once. */
  databaseMs = 0;
  private running = 0;
  private since = 0;

  /** `at`: `performance.now()`. */
  waitBegan(at: number): void {
    if (this.running++ === 0) this.since = at;
  }

  waitEnded(at: number): void {
    if (--this.running === 0) this.databaseMs += at - this.since;
  }
}

const activities = new AsyncLocalStorage<Activity>();

/** Counts on `activity` whatever `work` asks of the database, however deep, and in however many transactions. */
export const runActivity = <T>(activity: Activity, work: () => T): T => activities.run(activity, work);

/** The activity that the running code belongs to, if any. */
export const currentActivity = (): Activity | undefined => activities.getStore();
