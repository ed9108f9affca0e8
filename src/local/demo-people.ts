import type { INestApplicationContext } from '@nestjs/common';
import { Transactions } from '../database/index.js';
import { MembershipsService, PeopleDirectory, type Role, UsersService } from '../identity/index.js';
import type { DemoIssuer } from './demo-issuer.js';
import type { DemoKeys } from './demo-data.js';

interface Person {
  subject: string;
  email: string;
  firstName: string;
  lastName: string;
  /** What they are in which tenant, by slug. */
  roles: Record<string, Role>;
}

/** Who administers the tenant that writes quotes. */
export const QUOTING_ADMIN = 'admin@pivotalflow.com';

const PEOPLE: Person[] = [
  {
    subject: 'ada',
    email: 'ada@acme.example',
    firstName: 'Ada',
    lastName: 'Lovelace',
    roles: { acme: 'owner', globex: 'viewer' },
  },
  {
    subject: 'grace',
    email: 'grace@globex.example',
    firstName: 'Grace',
    lastName: 'Hopper',
    roles: { globex: 'owner' },
  },
  {
    subject: 'pia',
    email: QUOTING_ADMIN,
    firstName: 'Pia',
    lastName: 'Flow',
    roles: { 'pivotal-flow': 'owner' },
  },
];

/** Signed in by the demo issuer, but known to nobody yet: who accepts the first invitation. */
const NEWCOMER = 'linus';

/** People who are members of the demo tenants; who is known already is left as they are. */
export function seedPeople(
  app: INestApplicationContext,
  { issuer }: Pick<DemoIssuer, 'issuer'>,
  { tenants }: DemoKeys,
): Promise<void> {
  const people = app.get(PeopleDirectory);
  const users = app.get(UsersService);
  const memberships = app.get(MembershipsService);
  return app.get(Transactions).withControl({ access: 'write' }, async () => {
    for (const { email, roles, ...names } of PEOPLE) {
      if (await people.find(issuer, names.subject)) continue;
      const userId = await users.signUp(
        { issuer, organization: undefined, photoUrl: undefined, ...names },
        email,
      );
      for (const { id, slug } of tenants) if (roles[slug]) await memberships.add(id, userId, roles[slug]);
    }
  });
}

/** A fresh token of each, by name. */
export async function demoTokens(issuer: DemoIssuer): Promise<Record<string, string>> {
  const subjects = [...PEOPLE.map(({ subject }) => subject), NEWCOMER];
  return Object.fromEntries(
    await Promise.all(subjects.map(async (subject) => [subject, await issuer.sign(subject)])),
  );
}
