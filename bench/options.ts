/** How long and how often; all times in the names' units. */
export interface BenchOptions {
  isQuick: boolean;
  rounds: number;
  seconds: number;
  warmUpSeconds: number;
  connections: number;
  memoryRequests: number;
  starts: number;
}

/** About 5 minutes; `--quick` about one, for a look, not for a verdict. */
export function readOptions(args: string[]): BenchOptions {
  const isQuick = args.includes('--quick');
  return isQuick
    ? {
        isQuick,
        rounds: 2,
        seconds: 0.5,
        warmUpSeconds: 0.5,
        connections: 32,
        memoryRequests: 5_000,
        starts: 1,
      }
    : {
        isQuick,
        rounds: 5,
        seconds: 2,
        warmUpSeconds: 1,
        connections: 32,
        memoryRequests: 100_000,
        starts: 5,
      };
}
