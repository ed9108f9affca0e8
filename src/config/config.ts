import type { RequestsPerMinute } from './rate-limits.js';

/** Where one login connects; everything node-postgres needs, read from a URL once and never weaker than it said. */
export interface DatabaseConnection {
  host: string;
  port: number;
  user: string;
  password: string | undefined;
  database: string;
  /** `false` only for local hosts (or outside production); otherwise the certificate and its host name are verified. */
  ssl: false | { rejectUnauthorized: true; ca?: string };
  /** Bind the login to the TLS channel where the server offers it. */
  enableChannelBinding: boolean;
  /** Refuse servers that do not offer it. */
  requireChannelBinding: boolean;
  /** What `pg_stat_activity` calls these sessions, where the URL says so. */
  applicationName?: string;
}

/** Settings of the pools and of every session in them. */
export interface DatabaseConfig {
  /** The login `rowhouse_app`: tenant tables through row-level security, nothing else. */
  tenant: DatabaseConnection;
  /** The login `rowhouse_control`: the control-plane tables only. */
  control: DatabaseConnection;
  /** The same login, on a connection that keeps its session: for LISTEN. */
  listener: DatabaseConnection;
  tenantPoolMax: number;
  /** How many connections of the tenant pool one tenant may hold at once. */
  tenantPoolMaxPerTenant: number;
  controlPoolMax: number;
  /** Requests that may wait for a connection before further ones are answered 503. */
  maxWaiting: number;
  /** How long one request waits for a connection, in milliseconds. */
  connectionTimeoutMs: number;
  idleTimeoutMs: number;
  maxLifetimeSeconds: number;
  keepAliveInitialDelayMs: number;
  /** Server-side limits of each session, in milliseconds. */
  statementTimeoutMs: number;
  lockTimeoutMs: number;
  idleInTransactionTimeoutMs: number;
  /** How long the start waits for the database, in milliseconds, before it gives up with exit code 1. */
  connectDeadlineMs: number;
  preparedStatements: boolean;
  pipeline: boolean;
  /** Statements slower than this are logged, in milliseconds; 0 switches it off. */
  slowQueryMs: number;
  /** Log every statement's text (never its parameters); development only. */
  logQueries: boolean;
}

/** RFC 7517. */
export interface JsonWebKeySet {
  keys: Record<string, unknown>[];
}

/** Whose tokens (JWT) are accepted, and what must stand in them. */
export interface TokenIssuer {
  /** The exact `iss`. */
  issuer: string;
  /** Where its public keys are, or the keys themselves. */
  jwks: string | JsonWebKeySet;
  /** One of these must be in `aud`. */
  audience?: string[];
  /** One of these must be `azp`. */
  authorizedParties?: string[];
  algorithms: string[];
  /** Beside `sub` and `exp`, which always are. */
  requiredClaims: string[];
  /** Accepted `typ` headers. */
  types: string[];
  /** `clerk`: the organization stands in `o.id` (version 2) or `org_id` (version 1). */
  claims: 'standard' | 'clerk';
  /** Of `standard` tokens: the claim that names the organization, if one does. */
  organizationClaim?: string;
  clockToleranceSeconds: number;
}

export interface TracingConfig {
  /** Base URL of an OpenTelemetry collector; spans go to `<endpoint>/v1/traces`. */
  endpoint: string;
  headers: Record<string, string>;
  serviceName: string;
  /** From 0 to 1: of the traces that begin here. Where the caller sent `traceparent`, the caller has decided. */
  sampleRatio: number;
}

/** The GitHub App whose installations tenants connect. */
export interface GithubConfig {
  /** GitHub's REST API, without a slash at its end. */
  apiUrl: string;
  /** How long GitHub may take over one answer, in milliseconds. */
  timeoutMs: number;
  /** Any of them may have signed a webhook; none: webhooks are refused. */
  webhookSecrets: string[];
  /** Undefined: nobody can connect an installation. */
  app:
    | {
        id: number;
        /** PEM. */
        privateKey: string;
        clientId: string;
        clientSecret: string;
      }
    | undefined;
}

/** The whole configuration: validated, typed, read from the environment in one place (`load-config.ts`). */
export abstract class Config {
  abstract readonly environment: 'development' | 'test' | 'production';
  /** What a broken wall between tenants does to the start: `warn` starts, and says so loudly. */
  abstract readonly audit: 'block' | 'warn';
  abstract readonly http: {
    host: string;
    port: number;
    bodyLimitBytes: number;
    /** The proxies whose X-Forwarded-For is believed: addresses and ranges; false for none. */
    trustProxy: string[] | false;
    /** From the headers of a request to its answer, in milliseconds. */
    requestTimeoutMs: number;
    /** From the first byte of a request to the last of its body, in milliseconds. */
    receiveTimeoutMs: number;
    /** Between two requests on one connection, in milliseconds. */
    keepAliveTimeoutMs: number;
    /** As browsers send them in `Origin`: `https://app.example.com`. */
    corsOrigins: string[];
    /** How long requests are still served after SIGTERM, while readiness answers 503, in milliseconds. */
    shutdownDelayMs: number;
    /** How long in-flight requests may take to finish after SIGTERM, in milliseconds. */
    drainTimeoutMs: number;
  };
  abstract readonly database: DatabaseConfig;
  abstract readonly cache: {
    /** Upper bound of what a missed notification can cost, in milliseconds. */
    ttlMs: number;
    maxEntries: number;
  };
  abstract readonly dns: {
    /** `ip[:port]`; undefined: the system's. */
    servers: string[] | undefined;
    timeoutMs: number;
  };
  abstract readonly identity: {
    issuers: TokenIssuer[];
  };
  abstract readonly mail: {
    /** The SMTP server; without one, mails are logged in development and wait in the outbox elsewhere. */
    smtpUrl: string | undefined;
    from: string;
    /** Where people open links of mails: `<appUrl>/invitations/accept?token=...`. */
    appUrl: string;
  };
  abstract readonly github: GithubConfig;
  abstract readonly limits: {
    /** Requests per minute of a tenant, by plan; undefined: no limits. */
    requestsPerMinute: RequestsPerMinute | undefined;
    /** The share of it that one credential may use. */
    credentialPercent: number;
    /** Refused credentials per minute and client address before 429; 0: no limit. */
    failedSignInsPerMinute: number;
    /** Where all processes share their limits. */
    redisUrl: string | undefined;
  };
  abstract readonly log: {
    level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
    pretty: boolean;
    /** Where lines go: 1 is the standard output; a path in tests. */
    destination: 1 | string;
  };
  abstract readonly metrics: {
    /** A port of its own; undefined: on the port of the API, in production only with a token. */
    port: number | undefined;
    host: string;
    /** The bearer token that is asked for, if any. */
    token: string | undefined;
  };
  /** Undefined: no traces. */
  abstract readonly tracing: TracingConfig | undefined;
}
