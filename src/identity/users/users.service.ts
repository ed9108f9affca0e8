import { Injectable } from '@nestjs/common';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { ControlDatabase, Transactions, isViolationOf, newId, rowVersion } from '../../database/index.js';
import type { TokenClaims } from '../authentication/claims.js';
import { identityProblems } from '../identity.problems.js';
import { PeopleDirectory } from '../people.directory.js';
import { users } from './users.schema.js';

/** What a tenant sees of a person who is its member. */
export const PROFILE = {
  email: users.email,
  firstName: users.firstName,
  lastName: users.lastName,
  photoUrl: users.photoUrl,
  etag: rowVersion(users),
};

export type Profile = Pick<typeof users.$inferSelect, 'email' | 'firstName' | 'lastName' | 'photoUrl'> & {
  etag: string;
};

/** People. They stand on the control plane: a tenant learns of its own members only. */
@Injectable()
export class UsersService {
  constructor(
    private readonly db: ControlDatabase,
    private readonly transactions: Transactions,
    private readonly people: PeopleDirectory,
  ) {}

  /** The people with these ids, by id; only for ids that a tenant's own memberships name. */
  async profilesOf(ids: string[]): Promise<ReadonlyMap<string, Profile>> {
    if (ids.length === 0) return new Map();
    const rows = await this.transactions.withControl({ access: 'read', detachCommit: true }, () =>
      this.db
        .select({ id: users.id, ...PROFILE })
        .from(users)
        .where(inArray(users.id, ids)),
    );
    return new Map(rows.map(({ id, ...profile }) => [id, profile]));
  }

  /** The live person with this address. */
  async findByEmail(email: string): Promise<{ id: string } | undefined> {
    const [row] = await this.transactions.withControl({ access: 'read', detachCommit: true }, () =>
      this.db
        .select({ id: users.id })
        .from(users)
        .where(and(sql`lower(${users.email}) = lower(${email})`, isNull(users.deletedAt))),
    );
    return row;
  }

  /**
   * The person a token speaks of, made if new. `email` is an address they have proved to read. A person who is known by
   * that address, and never signed in, is that person. Runs in the caller's control transaction.
   */
  async signUp(claims: TokenClaims, email: string): Promise<string> {
    const { issuer, subject: externalId, firstName, lastName, photoUrl } = claims;
    const values = { issuer, externalId, firstName, lastName, photoUrl };
    const known = await this.findBySubject(issuer, externalId);
    if (known) return known.id;
    this.transactions.afterCommit(() => this.people.forgetPerson(claims));
    const [linked] = await this.db
      .update(users)
      .set(values)
      .where(
        and(sql`lower(${users.email}) = lower(${email})`, isNull(users.externalId), isNull(users.deletedAt)),
      )
      .returning({ id: users.id });
    if (linked) return linked.id;
    const [made] = await this.db
      .insert(users)
      .values({ id: newId(), email, ...values })
      // Accepting two invitations at once makes the person once.
      .onConflictDoNothing({ target: [users.issuer, users.externalId] })
      .returning({ id: users.id })
      .catch((error: unknown) => {
        throw isViolationOf(error, 'users_email_live') ? identityProblems.emailTaken() : error;
      });
    return (made ?? (await this.findBySubject(issuer, externalId)))!.id;
  }

  private async findBySubject(issuer: string, externalId: string): Promise<{ id: string } | undefined> {
    const [row] = await this.db
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.issuer, issuer), eq(users.externalId, externalId), isNull(users.deletedAt)));
    return row;
  }
}
