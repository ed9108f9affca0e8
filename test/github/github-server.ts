import { type KeyObject, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { jwtVerify } from 'jose';
import { type Payload, example, examplesOf } from './payloads.js';

export const CLIENT_SECRET = 'client-secret-of-the-test';
export const WEBHOOK_SECRET = 'webhook-secret-of-the-test';
const APP_ID = 123_456;

/** What GitHub answers instead. */
export interface Fault {
  status: number;
  headers?: Record<string, string>;
  body?: object;
  /** Milliseconds before the answer; none comes where the client has gone by then. */
  delayMs?: number;
}

type Answer = { status: number; body: object; headers?: Record<string, string> };

/** GitHub's side, as far as the App sees it: its key, installations, their repositories in pages, and people’s codes. */
export class GithubServer {
  readonly installations = new Map<number, { installation: Payload; repositories: Payload[] }>();
  /** What each person may use, by the code they bring. */
  readonly codes = new Map<string, number[]>();
  /** Asked before each answer, with `GET /path`. */
  fault: (request: string) => Fault | undefined | Promise<Fault> = () => undefined;
  /** Every request: `GET /path`. */
  readonly asked: string[] = [];
  pageSize = 2;
  /** A code counts as often as it is brought; else once, as at GitHub. */
  hasLastingCodes = false;
  private readonly tokens = new Map<string, number[]>();
  private publicKey!: KeyObject;
  private privateKey = '';
  private lastId = 5_000_000_000; // past 32 bits

  private constructor(private readonly server: Server) {}

  static async start(): Promise<GithubServer> {
    const server = createServer();
    const github = new GithubServer(server);
    github.rotateKey();
    server.on('request', (request, response) => void github.serve(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return github;
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  environment(): Record<string, string> {
    return {
      GITHUB_APP_ID: String(APP_ID),
      GITHUB_PRIVATE_KEY: this.privateKey.replaceAll('\n', String.raw`\n`),
      GITHUB_CLIENT_ID: 'Iv1.test',
      GITHUB_CLIENT_SECRET: CLIENT_SECRET,
      GITHUB_WEBHOOK_SECRETS: `${WEBHOOK_SECRET},an-older-secret-of-the-test`,
      GITHUB_API_URL: this.url,
      GITHUB_TIMEOUT_MS: '5000',
    };
  }

  /** From now on another key is the App's. */
  rotateKey(): void {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    this.privateKey = privateKey.export({ type: 'pkcs1', format: 'pem' });
    this.publicKey = createPublicKey(privateKey);
  }

  /** Someone installs the App; a code of theirs, and the id. Ids end in 1, so that they are ids backwards, too. */
  install(repositories: number): { installationId: number; code: string } {
    this.lastId += 10;
    const installationId = this.lastId + 1;
    const { installation } = example('installation', 'new_permissions_accepted');
    const account = { ...installation.account, id: installationId, login: `octo-${installationId}` };
    this.installations.set(installationId, {
      installation: {
        ...installation,
        id: installationId,
        account,
        suspended_at: null,
        suspended_by: null,
        updated_at: '2026-01-01T00:00:00Z',
      },
      repositories: Array.from({ length: repositories }, (_, index) =>
        this.repository(installationId, index + 1),
      ),
    });
    return { installationId, code: this.codeFor(installationId) };
  }

  repository(installationId: number, number: number): Payload {
    const [repository] = examplesOf('repository').map((payload) => payload.repository);
    const owner = `octo-${installationId}`;
    return {
      ...repository,
      id: installationId * 10 + number,
      name: `repo-${number}`,
      full_name: `${owner}/repo-${number}`,
      owner: { ...repository.owner, id: installationId, login: owner },
      default_branch: 'main',
      updated_at: '2026-01-01T00:00:00Z',
    };
  }

  codeFor(...installationIds: number[]): string {
    const code = randomBytes(10).toString('hex');
    this.codes.set(code, installationIds);
    return code;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, this.url);
    const name = `${request.method} ${url.pathname}`;
    this.asked.push(name);
    const fault = await this.fault(name);
    const answer = fault ? { body: {}, ...fault } : await this.answer(name, url, request);
    const send = () =>
      response
        .writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
        .end(JSON.stringify(answer.body));
    if (fault?.delayMs) setTimeout(send, fault.delayMs).unref();
    else send();
  }

  private async answer(name: string, url: URL, request: IncomingMessage): Promise<Answer> {
    const [, credential = ''] = /^(?:bearer|token) (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (name === 'POST /login/oauth/access_token') return this.exchange((await json(request)) as Payload);
    const [, id = ''] = /^\/app\/installations\/(\d+)/.exec(url.pathname) ?? [];
    if (url.pathname.startsWith('/app')) {
      if (!(await this.isApp(credential))) return REFUSED;
      if (name === 'GET /app') return ok({ id: APP_ID, html_url: 'https://github.com/apps/rowhouse-test' });
      const known = this.installations.get(Number(id));
      if (!known) return NOT_FOUND;
      if (request.method === 'GET') return ok(known.installation);
      return { status: 201, body: { ...this.issue('ghs', [Number(id)]), permissions: {} } };
    }
    const ids = this.tokens.get(credential);
    if (!ids) return REFUSED;
    if (name === 'GET /user/installations')
      return this.page(
        url,
        'installations',
        ids.map((of) => this.installations.get(of)!.installation),
      );
    if (name === 'GET /installation/repositories')
      return this.page(url, 'repositories', this.installations.get(ids[0]!)!.repositories);
    return NOT_FOUND;
  }

  private exchange({ client_secret: secret, code }: Payload): Answer {
    const ids = this.codes.get(code);
    if (secret !== CLIENT_SECRET || !ids)
      return ok({ error: 'bad_verification_code', error_description: 'The code is incorrect or expired.' });
    if (!this.hasLastingCodes) this.codes.delete(code);
    const { token } = this.issue('ghu', ids);
    return ok({ access_token: token, token_type: 'bearer', scope: '' });
  }

  private issue(kind: string, ids: number[]) {
    const token = `${kind}_${randomBytes(18).toString('hex')}`;
    this.tokens.set(token, ids);
    return { token, expires_at: new Date(Date.now() + 3_600_000).toISOString() };
  }

  private isApp(token: string): Promise<boolean> {
    return jwtVerify(token, this.publicKey).then(
      ({ payload }) => String(payload.iss) === String(APP_ID),
      () => false,
    );
  }

  private page(url: URL, key: string, all: object[]): Answer {
    const page = Number(url.searchParams.get('page') ?? 1);
    const size = Math.min(this.pageSize, Number(url.searchParams.get('per_page') ?? 30));
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    const hasNext = all.length > page * size;
    return {
      ...ok({ total_count: all.length, [key]: all.slice((page - 1) * size, page * size) }),
      headers: hasNext ? { link: `<${next.href}>; rel="next"` } : {},
    };
  }
}

const ok = (body: object): Answer => ({ status: 200, body });
const NOT_FOUND: Answer = { status: 404, body: { message: 'Not Found' } };
const REFUSED: Answer = { status: 401, body: { message: 'A JSON web token could not be decoded' } };
