import { describe, expect, it } from '@jest/globals';
import { TENANT_STATUSES } from '../../database/index.js';
import { nextStatus } from './lifecycle.js';

describe("a tenant's lifecycle", () => {
  it('allows these changes and no others', () => {
    const table = TENANT_STATUSES.flatMap((from) =>
      (['suspend', 'reactivate', 'archive'] as const).map((action) => [
        from,
        action,
        nextStatus(from, action),
      ]),
    );
    expect(table.filter(([, , to]) => to !== undefined)).toEqual([
      ['active', 'suspend', 'suspended'],
      ['suspended', 'reactivate', 'active'],
      ['suspended', 'archive', 'archived'],
    ]);
  });
});
