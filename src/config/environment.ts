import 'reflect-metadata';
import type { Config } from './config.js';
import { DatabaseEnvironment } from './database-environment.js';
import { OptionalAppId, OptionalPrivateKey, OptionalSecrets } from './github-types.js';
import { DEFAULT_RATE_LIMITS, RateLimitsText } from './rate-limits.js';
import { OptionalRedisUrl } from './redis-url.js';
import { OptionalHeaders, OptionalHttpUrl, OptionalToken, Ratio, ServiceName } from './telemetry-types.js';
import { OptionalTrustedProxies } from './trusted-proxies.js';
import {
  Host,
  OneOf,
  OptionalOrigins,
  OptionalServers,
  OptionalSwitch,
  OptionalText,
  OptionalUrl,
  OptionalWholeNumber,
  Text,
  Url,
  WholeNumber,
} from './value-types.js';
import { Variable } from './variable.js';

const ENVIRONMENTS = ['development', 'test', 'production'];
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Every environment variable Rowhouse reads, one property each. */
export class Environment extends DatabaseEnvironment {
  @Variable({ default: 'development', why: 'production refuses demo data, weak TLS and query logs' })
  @OneOf(ENVIRONMENTS)
  NODE_ENV!: Config['environment'];

  @Variable({
    default: 'block',
    why: 'warn starts behind broken walls between tenants, and says so loudly; refused in production',
  })
  @OneOf(['block', 'warn'])
  AUDIT!: Config['audit'];

  @Variable({ default: '127.0.0.1', why: 'Address to listen on; 0.0.0.0 inside a container' })
  @Host()
  HOST!: string;

  @Variable({ default: 3000, why: 'Port to listen on; 0 takes any free one' })
  @WholeNumber(0, 65_535)
  PORT!: number;

  @Variable({ default: 1_048_576, unit: 'bytes', why: 'Larger request bodies are answered 413' })
  @WholeNumber(1_024, 104_857_600)
  BODY_LIMIT_BYTES!: number;

  @Variable({
    example: '10.0.0.0/8,loopback',
    why: 'Addresses of the proxies whose X-Forwarded-For is believed; when unset, none',
  })
  @OptionalTrustedProxies()
  TRUST_PROXY?: string;

  @Variable({
    default: 30_000,
    unit: 'ms',
    why: 'A request that takes longer is cancelled, also in the database, and answered 503',
  })
  @WholeNumber(100, 3_600_000)
  REQUEST_TIMEOUT_MS!: number;

  @Variable({ default: 20_000, unit: 'ms', why: 'A client that sends slower is answered 408' })
  @WholeNumber(100, 3_600_000)
  RECEIVE_TIMEOUT_MS!: number;

  @Variable({
    default: 72_000,
    unit: 'ms',
    why: 'How long an unused connection stays open; longer than your load balancer keeps it',
  })
  @WholeNumber(1, 3_600_000)
  KEEP_ALIVE_TIMEOUT_MS!: number;

  @Variable({
    example: 'https://app.example.com,https://admin.example.com',
    why: 'Origins whose pages may call the API (CORS); when unset, none',
  })
  @OptionalOrigins()
  CORS_ORIGINS?: string[];

  @Variable({
    default: 0,
    unit: 'ms',
    why: 'Served on after SIGTERM with readiness 503, until load balancers noticed',
  })
  @WholeNumber(0, 600_000)
  SHUTDOWN_DELAY_MS!: number;

  @Variable({ default: 10_000, unit: 'ms', why: 'How long requests may take to finish after SIGTERM' })
  @WholeNumber(0, 600_000)
  DRAIN_TIMEOUT_MS!: number;

  @Variable({ default: 5_000, unit: 'ms', why: 'Age of cached tenants: what a missed notification can cost' })
  @WholeNumber(1, 3_600_000)
  CACHE_TTL_MS!: number;

  @Variable({ default: 10_000, unit: 'entries', why: 'Upper bound of each cache' })
  @WholeNumber(1, 1_000_000)
  CACHE_MAX_ENTRIES!: number;

  @Variable({
    example: '127.0.0.1:53,[::1]:53',
    why: "Asked to verify domains: ip[:port] separated by commas; unset: the system's",
  })
  @OptionalServers()
  DNS_SERVERS?: string;

  @Variable({ default: 3_000, unit: 'ms', why: 'How long the lookup of one domain may take' })
  @WholeNumber(100, 60_000)
  DNS_TIMEOUT_MS!: number;

  @Variable({
    example:
      '[{"issuer":"https://id.example.com","jwksUrl":"https://id.example.com/jwks","audience":["rowhouse"]}]',
    why: 'Whose tokens are accepted, as a JSON list; none: API keys only',
  })
  @OptionalText(65_536)
  JWT_ISSUERS?: string;

  @Variable({ secret: true, example: 'smtps://user:password@mail.example.com', why: 'Sends invitations' })
  @OptionalUrl(['smtp', 'smtps'])
  SMTP_URL?: string;

  @Variable({ default: 'Rowhouse <no-reply@localhost>', why: 'Sender of mails' })
  @Text(320)
  MAIL_FROM!: string;

  @Variable({
    default: 'http://127.0.0.1:3000',
    why: 'Your front end: mails link to its /invitations/accept?token=',
  })
  @Url(['http', 'https'])
  APP_URL!: string;

  @Variable({
    example: '123456',
    why: 'The GitHub App whose installations tenants connect; none: they cannot',
  })
  @OptionalAppId()
  GITHUB_APP_ID?: string;

  @Variable({
    secret: true,
    example: String.raw`-----BEGIN RSA PRIVATE KEY-----\n...`,
    why: String.raw`Its private key, PEM; \n may stand for line breaks`,
  })
  @OptionalPrivateKey()
  GITHUB_PRIVATE_KEY?: string;

  @Variable({
    example: 'Iv1.0123456789abcdef',
    why: 'Its client id, to ask what the person who connects may do',
  })
  @OptionalText(100)
  GITHUB_CLIENT_ID?: string;

  @Variable({
    secret: true,
    example: '0123456789abcdef0123',
    why: 'Its client secret; signs what is begun, too',
  })
  @OptionalToken()
  GITHUB_CLIENT_SECRET?: string;

  @Variable({
    secret: true,
    example: 'new-secret-of-16,old-secret-of-16',
    why: 'What GitHub signs webhooks with; several while one is replaced, none: refused',
  })
  @OptionalSecrets()
  GITHUB_WEBHOOK_SECRETS?: string;

  @Variable({
    default: 'https://api.github.com',
    why: 'API of GitHub; of your own server https://host/api/v3',
  })
  @Url(['http', 'https'])
  GITHUB_API_URL!: string;

  @Variable({ default: 5_000, unit: 'ms', why: 'How long GitHub may take over one answer' })
  @WholeNumber(100, 60_000)
  GITHUB_TIMEOUT_MS!: number;

  @Variable({
    default: DEFAULT_RATE_LIMITS,
    unit: 'requests per minute',
    why: 'What a tenant may send, by plan; off for no limits',
  })
  @RateLimitsText()
  RATE_LIMITS!: string;

  @Variable({ default: 50, unit: '%', why: 'The share of its tenant limit that one credential may use' })
  @WholeNumber(1, 100)
  RATE_LIMIT_CREDENTIAL_PERCENT!: number;

  @Variable({
    default: 60,
    unit: 'per minute',
    why: 'Credentials refused to one client address before the next are answered 429; 0 for no limit',
  })
  @WholeNumber(0, 1_000_000)
  RATE_LIMIT_FAILED_SIGN_INS!: number;

  @Variable({
    secret: true,
    example: 'redis://:password@127.0.0.1:6379/0',
    why: 'All processes share their rate limits there; when unset, each counts alone',
  })
  @OptionalRedisUrl()
  REDIS_URL?: string;

  @Variable({ default: 'info', why: `The least severe level that is logged: ${LOG_LEVELS.join(', ')}` })
  @OneOf(LOG_LEVELS)
  LOG_LEVEL!: Config['log']['level'];

  @Variable({ example: 'true', why: 'Logs for eyes instead of JSON; when unset, in development only' })
  @OptionalSwitch()
  LOG_PRETTY?: boolean;

  @Variable({
    example: '9464',
    why: 'A port of its own for /metrics; production serves none without it or a token',
  })
  @OptionalWholeNumber(0, 65_535)
  METRICS_PORT?: number;

  @Variable({ default: '127.0.0.1', why: 'Address that METRICS_PORT listens on' })
  @Host()
  METRICS_HOST!: string;

  @Variable({ secret: true, example: 'at-least-16-characters', why: 'Bearer token that /metrics asks for' })
  @OptionalToken()
  METRICS_TOKEN?: string;

  @Variable({
    example: 'http://127.0.0.1:4318',
    why: 'OpenTelemetry collector (OTLP over HTTP); unset: no traces',
  })
  @OptionalHttpUrl()
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  @Variable({ secret: true, example: 'api-key=...', why: 'Headers for the collector: name=value,name=value' })
  @OptionalHeaders()
  OTEL_EXPORTER_OTLP_HEADERS?: Record<string, string>;

  @Variable({ default: 'rowhouse', why: 'service.name of the traces' })
  @ServiceName()
  OTEL_SERVICE_NAME!: string;

  @Variable({
    default: '1',
    unit: '0 to 1',
    why: 'Share of traces begun here that is recorded; callers decide theirs',
  })
  @Ratio()
  OTEL_TRACES_SAMPLER_ARG!: number;
}
