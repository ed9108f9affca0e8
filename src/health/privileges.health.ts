import { Inject, Injectable } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import type { Pool } from 'pg';
import { TENANT_POOL } from '../database/index.js';

interface Login {
  name: string;
  is_superuser: boolean;
  bypasses_rls: boolean;
  owns: string[];
}

/** Members count: a login that may become the owner is as good as the owner. */
const LOGIN = `
  SELECT rolname AS name, rolsuper AS is_superuser, rolbypassrls AS bypasses_rls,
    ARRAY(SELECT c.relname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm')
            AND pg_catalog.pg_has_role(current_user, c.relowner, 'MEMBER') ORDER BY 1 LIMIT 5) AS owns
  FROM pg_catalog.pg_roles WHERE rolname = current_user`;

/** Row security binds only a login that is no superuser, has no BYPASSRLS and owns nothing. Asked once: roles do not change. */
@Injectable()
export class PrivilegesHealth {
  private isSound = false;

  constructor(
    private readonly indicators: HealthIndicatorService,
    @Inject(TENANT_POOL) private readonly pool: Pool,
  ) {}

  async check(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('privileges');
    if (this.isSound) return indicator.up();
    try {
      const { rows } = await this.pool.query<Login>(LOGIN);
      const faults = rows.flatMap(faultsOf);
      this.isSound = faults.length === 0;
      return this.isSound ? indicator.up() : indicator.down({ message: faults.join('; ') });
    } catch (error) {
      return indicator.down({
        message: `The privileges of the login are unknown: ${(error as Error).message}`,
      });
    }
  }
}

function faultsOf({ name, is_superuser, bypasses_rls, owns }: Login): string[] {
  const faults: string[] = [];
  if (is_superuser) faults.push(`The login ${name} is a superuser: row security does not bind it`);
  if (bypasses_rls) faults.push(`The login ${name} has BYPASSRLS: row security does not bind it`);
  if (owns.length > 0)
    faults.push(`The login ${name} owns ${owns.join(', ')}: it could switch row security off`);
  return faults;
}
