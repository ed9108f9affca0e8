export { type TestRun, testRun, urlFor } from '../../src/testing/test-run.js';
