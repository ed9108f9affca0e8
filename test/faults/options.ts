/** Set by `npm run test:faults`; undefined in `npm test`, which plays the short faults once. */
const minutes = process.env['FAULTS_MINUTES'];

export const OPTIONS = {
  isLong: minutes !== undefined,
  minutes: Number(minutes ?? 0),
  seed: Number(process.env['FAULTS_SEED'] ?? Math.floor(Math.random() * 2 ** 31)),
  /** Only faults whose name holds this. */
  only: process.env['FAULTS_ONLY'] ?? '',
};
