/** What takes a while to make, as the answer of a route with `@Produces()`: a picture, a page, a file. */
export class Rendered {
  readonly type: string;
  readonly headers: Record<string, string>;
  readonly maxAgeS: number;
  readonly madeFrom: string | undefined;

  /** `render` runs once the request's transaction is over, so that nothing waits for it but who asked for it. */
  constructor(
    readonly render: () => Content | Promise<Content>,
    { type, headers = {}, maxAgeS = 0, madeFrom }: RenderedOptions,
  ) {
    this.type = type;
    this.headers = headers;
    this.maxAgeS = maxAgeS;
    this.madeFrom = madeFrom;
  }
}

type Content = string | Buffer;

interface RenderedOptions {
  type: string;
  headers?: Record<string, string>;
  /** For so many seconds the client need not ask again; 0: it asks each time, and gets 304 where nothing changed. */
  maxAgeS?: number;
  /** All that the content depends on. The `ETag` is then made of it, so that a 304 costs no rendering. */
  madeFrom?: string;
}

/** Opened as a page it may colour itself and nothing else: no script, no form, nothing from elsewhere. */
const SVG_POLICY = "default-src 'none';style-src 'unsafe-inline';frame-ancestors 'none';sandbox";

/** A picture as the answer of a route that produces `image/svg+xml`. */
export class Svg extends Rendered {
  constructor(render: () => string | Promise<string>, maxAgeS = 0) {
    super(render, {
      type: 'image/svg+xml',
      headers: { 'content-security-policy': SVG_POLICY },
      maxAgeS,
    });
  }
}
