import { expect, it } from '@jest/globals';
import { fieldErrors } from './field-errors.js';

const told = (value: unknown, constraints: Record<string, string>, children?: object[]) =>
  fieldErrors({ property: 'name', value, constraints, children } as never).map(({ code }) => code);

it('says of an absent field that it is required, and nothing else', () => {
  expect(told(undefined, { isLength: 'a', isString: 'b' })).toEqual(['required']);
  expect(told(undefined, { matches: 'a' })).toEqual(['required']);
});

it('leaves to a validator that compares fields what it says of an absent one', () => {
  expect(told(undefined, { eitherOr: 'name or email' })).toEqual(['eitherOr']);
});

it('takes no field for absent whose value was taken away since something in it is wrong', () => {
  const inside = { property: '0', value: 1, constraints: { isString: 'no text' } };
  expect(told(undefined, { isNotEmpty: 'a' }, [inside])).toEqual(['isNotEmpty', 'isString']);
});

it('says of another type nothing but that; of the items of a list everything', () => {
  expect(told(7, { isLength: 'a', isString: 'b', matches: 'c' })).toEqual(['isString']);
  expect(told([7], { arrayMaxSize: 'a', isString: 'b' })).toEqual(['arrayMaxSize', 'isString']);
});
