/** The consumer's tests: plain ES modules, nothing to compile. */
export default { testEnvironment: 'node', testRegex: String.raw`\.test\.js$`, transform: {} };
