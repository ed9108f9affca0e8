/** A picture as the answer of a route that produces `image/svg+xml`; it is sent with an `ETag` of its text. */
export class Svg {
  /**
   * `draw` runs once the request's transaction is over, so that nothing waits for a picture but who asked for it.
   * `maxAgeS`: for so many seconds the client need not ask again; 0: it asks each time, and gets 304 where nothing changed.
   */
  constructor(
    readonly draw: () => string | Promise<string>,
    readonly maxAgeS = 0,
  ) {}
}
