import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AttackedDatabase, openAttackedDatabase } from './attacked-database.js';
import { grantsOf, looseReferences, rolesWithTenants } from './catalogue.js';
import { type AttackedRole, runMatrix } from './matrix.js';
import { IS_LONG, PLACES } from './places.js';
import { PLAN_MODES, type PlanMode } from './session.js';
import { CONTROL_GRANTS, KNOWN_ROLES, LOOSE_REFERENCES } from './survey.js';

/** The generic plan is the one that a tenant inherits from another; the long run tries all. */
const MODES: readonly PlanMode[] = IS_LONG ? PLAN_MODES : ['force_generic_plan'];

describe.each(PLACES)('every tenant table of PostgreSQL $major, pooled: $isPooled', (place) => {
  let attacked: AttackedDatabase;
  beforeAll(async () => {
    attacked = await openAttackedDatabase(place);
  });
  afterAll(() => attacked.close());

  const expectWalls = async (role: AttackedRole, mode: PlanMode) => {
    const { attacks, deviations } = await runMatrix(attacked.asAdmin, attacked.street, role, mode);
    if (IS_LONG) process.stdout.write(`${role.name}, ${mode}: ${attacks} attacks\n`);
    expect(deviations).toEqual([]);
  };

  it('is within reach of these roles only', async () => {
    expect(await rolesWithTenants(attacked.asAdmin)).toEqual(KNOWN_ROLES);
  });

  it('lets the control plane do this and no more', async () => {
    expect(await grantsOf(attacked.asAdmin, 'rowhouse_control')).toEqual(CONTROL_GRANTS);
  });

  it('refers to others through foreign keys, or says why not', () => {
    expect(looseReferences(attacked.street.tables).sort()).toEqual(Object.keys(LOOSE_REFERENCES).sort());
  });

  it.each(MODES)('answers the service as its walls promise (%s)', (mode) =>
    expectWalls(attacked.service, mode),
  );

  it.each(MODES)('answers the control plane as its grants say (%s)', (mode) =>
    expectWalls(attacked.control, mode),
  );
});
