import { describe, expect, it } from '@jest/globals';
import { mayDecide } from './may-decide.js';

describe('who may decide on an approval', () => {
  it.each([
    ['the approver who was named', { kind: 'user', id: 'ada', role: 'member' }, true],
    ['an owner', { kind: 'user', id: 'grace', role: 'owner' }, true],
    ['an admin who was not named', { kind: 'user', id: 'grace', role: 'admin' }, false],
    ['an API key, even one whose id is the name of the approver', { kind: 'api_key', id: 'ada' }, false],
  ] as const)('%s: %p', (_, decider, answer) => {
    expect(mayDecide(decider, 'ada')).toBe(answer);
  });
});
