import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { Desk, type Office, openOffice } from './desk.js';

/** The application of the running suite. */
export let office: Office;
/** The desk of the running test: each has its own. */
export let desk: Desk;

/** Opens both, for the stories that a suite imports. */
export function openHere(environment?: Record<string, string>): void {
  beforeAll(async () => {
    office = await openOffice(environment);
  });
  afterAll(() => office.close());
  beforeEach(() => {
    desk = new Desk(office);
  });
}
