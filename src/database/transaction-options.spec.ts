import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { preambleOf } from './transaction-options.js';

describe('the preamble', () => {
  const tenant = '0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60';

  it.each([
    [{ access: 'read' }, `BEGIN READ ONLY; SET LOCAL app.tenant_id = '${tenant}'`],
    [{ access: 'write' }, `BEGIN; SET LOCAL app.tenant_id = '${tenant}'`],
    [
      { access: 'read', isolation: 'repeatable read' },
      `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL app.tenant_id = '${tenant}'`,
    ],
  ] as const)('of %j', (options, text) => expect(preambleOf(tenant, options)).toBe(text));

  it('names no tenant on the control plane', () =>
    expect(preambleOf(undefined, { access: 'write' })).toBe('BEGIN'));

  it('takes nothing but UUIDs, whatever the text', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.uuid().map((uuid) => `${uuid}'`),
      fc.uuid().map((uuid) => `${uuid}\n`),
      fc.uuid().map((uuid) => ` ${uuid}`),
    );
    fc.assert(
      fc.property(anything, (text) => expect(() => preambleOf(text, { access: 'read' })).toThrow(TypeError)),
    );
  });
});
