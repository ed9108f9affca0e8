export { canonical } from './canonical.js';
export { type DecimalProblem, inWords } from './decimal-error.js';
export { decimalProblem } from './decimal-input.js';
export {
  type Decimal,
  ONE,
  ZERO,
  decimal,
  divideToCents,
  fromWholeCents,
  sum,
  toCents,
  wholeCents,
} from './decimal.js';
export { FORMATS, type Format, greatestOf, numericColumn } from './formats.js';
export { largestRemainder } from './largest-remainder.js';
export { toText } from './to-text.js';
