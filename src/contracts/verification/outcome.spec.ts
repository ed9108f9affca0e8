import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { outcomeOf, strangersIn } from './outcome.js';

const id = fc.constantFrom('a', 'b', 'c', 'd');
const snapshots = fc.uniqueArray(id);
const results = fc.array(fc.record({ interactionId: id, success: fc.boolean() }));

describe('the outcome of a verification', () => {
  it('is passed exactly when there is something, all of it is covered and nothing failed', () => {
    fc.assert(
      fc.property(snapshots, results, (snapshot, given) => {
        const isAllCovered = snapshot.every((one) =>
          given.some(({ interactionId }) => interactionId === one),
        );
        const hasFailed = given.some(({ success }) => !success);
        expect(outcomeOf(snapshot, given) === 'passed').toBe(
          snapshot.length > 0 && isAllCovered && !hasFailed,
        );
        expect(outcomeOf(snapshot, given) === 'failed').toBe(hasFailed);
      }),
    );
  });

  it('does not depend on the order of the results', () => {
    fc.assert(
      fc.property(snapshots, results, (snapshot, given) =>
        expect(outcomeOf(snapshot, given.toReversed())).toBe(outcomeOf(snapshot, given)),
      ),
    );
  });

  it('is failed where one interaction has both a success and a failure', () => {
    const given = [
      { interactionId: 'a', success: false },
      { interactionId: 'a', success: true },
    ];
    expect(outcomeOf(['a'], given)).toBe('failed');
  });

  it('names each stranger once', () => {
    const stranger = { interactionId: 'x', success: true };
    expect(strangersIn(['a'], [stranger, { interactionId: 'a', success: true }, stranger])).toEqual(['x']);
  });
});
