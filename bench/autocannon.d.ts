/** What the benchmark uses of autocannon, which brings no types. */
declare module 'autocannon' {
  namespace autocannon {
    interface Request {
      path: string;
      method: 'GET' | 'POST';
      headers: Record<string, string>;
      body?: string;
      setupRequest?: (request: Request) => Request;
    }
    interface Options {
      url: string;
      connections: number;
      duration?: number;
      amount?: number;
      sampleInt?: number;
      requests: Request[];
    }
    interface Result {
      '2xx': number;
      non2xx: number;
      errors: number;
      latency: { p50: number; p99: number };
    }
  }
  function autocannon(options: autocannon.Options): Promise<autocannon.Result>;
  export = autocannon;
}
