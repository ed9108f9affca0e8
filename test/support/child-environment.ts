/** Of the processes that suites start: nothing of this process but where programs, temporary files and compiled code lie. */
export function childEnvironment(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR, ROWHOUSE_TEST_COMPILE_CACHE: NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(TMPDIR && { TMPDIR }), ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }) };
}
