import { Injectable, Logger } from '@nestjs/common';
import { App, Octokit, RequestError } from 'octokit';
import { Config } from '../../config/index.js';
import type { Problem } from '../../http/index.js';
import type { Observation } from '../events/observation.js';
import { MEMBER_RANK } from '../events/observation.js';
import { PayloadReader, UnreadablePayload } from '../events/payload-reader.js';
import { readInstallation, readRepository } from '../events/read-installation.js';
import { githubProblems } from '../github.problems.js';
import { patienceOf } from './patience.js';

const PAGE_SIZE = 100;
/** After a failure of GitHub's own; somebody waits for the answer. */
const RETRIES = 2;
const FIRST_PAUSE_MS = 100;
/** A limit that ends sooner is waited for, once, in seconds. */
const LONGEST_WAIT_S = 2;
/** When it is worth to try again, where GitHub does not say, in seconds. */
const SOON_S = 5;

/**
 * GitHub's API, as our App. Takes its time: never inside of an open transaction. Throws `GITHUB_NOT_CONFIGURED`,
 * `GITHUB_UNAVAILABLE`, `GITHUB_LIMITED`, or `GITHUB_APP_REFUSED` where our key or secret is not the App's any more.
 */
@Injectable()
export class GithubClient {
  private readonly logger = new Logger('GitHub');
  private known: App | undefined;
  private pageUrl: string | undefined;

  constructor(private readonly config: Config) {}

  /** The page on which people choose where to install the App. */
  async installationPage(): Promise<URL> {
    this.pageUrl ??= await this.ask(async ({ octokit }) => {
      const { data } = await octokit.request('GET /app');
      return `${PayloadReader.of(data).text('html_url')}/installations/new`;
    });
    return new URL(this.pageUrl);
  }

  /** Does GitHub count the installation among those of the person who brought this code? Throws `GITHUB_CODE_REFUSED`. */
  mayUse(installationId: number, code: string): Promise<boolean> {
    return this.ask(async ({ oauth }) => {
      const { authentication } = await oauth.createToken({ code }).catch((error: unknown) => {
        throw error instanceof RequestError && error.status === 400 ? githubProblems.codeRefused() : error;
      });
      const octokit = await oauth.getUserOctokit({ token: authentication.token });
      const pages = octokit.paginate.iterator('GET /user/installations', { per_page: PAGE_SIZE });
      for await (const { data } of pages) if (data.some(({ id }) => id === installationId)) return true;
      return false;
    });
  }

  /** The installation and all its repositories, as they are now; undefined: it is not there. */
  look(installationId: number): Promise<Observation | undefined> {
    return this.ask(async (app) => {
      const { data } = await app.octokit.request('GET /app/installations/{installation_id}', {
        installation_id: installationId,
      });
      const observation = readInstallation(PayloadReader.of(data), 'answer');
      // A suspended installation gets no token: what it has access to is not to be learnt then.
      if (observation.facts!.suspendedAt !== null) return { ...observation, isPartial: true };
      const { at } = observation.facts!;
      const repositories: Observation['repositories'] = [];
      const octokit = await app.getInstallationOctokit(installationId);
      const pages = octokit.paginate.iterator('GET /installation/repositories', { per_page: PAGE_SIZE });
      for await (const { data: page } of pages)
        for (const repository of page) {
          const { at: _updatedAt, ...observed } = readRepository(PayloadReader.of(repository));
          const membership = { isMember: true, at, rank: MEMBER_RANK.present };
          repositories.push({ ...observed, membership });
        }
      return { ...observation, repositories };
    }).catch((error: unknown) => {
      if (error instanceof RequestError && error.status === 404) return undefined;
      throw error;
    });
  }

  private async ask<T>(question: (app: App) => Promise<T>): Promise<T> {
    this.known ??= this.connect();
    try {
      return await question(this.known);
    } catch (error) {
      throw this.problemOf(error);
    }
  }

  private connect(): App {
    const { app, apiUrl, timeoutMs } = this.config.github;
    if (!app) throw githubProblems.notConfigured();
    const warn = (message: string) => this.logger.warn({ msg: 'GitHub', message });
    return new App({
      appId: app.id,
      privateKey: app.privateKey,
      oauth: { clientId: app.clientId, clientSecret: app.clientSecret },
      log: { debug: quiet, info: quiet, warn, error: warn },
      Octokit: Octokit.defaults({
        baseUrl: apiUrl,
        userAgent: 'rowhouse',
        request: { fetch: within(timeoutMs) },
        retry: { retries: RETRIES, retryAfterBaseValue: FIRST_PAUSE_MS },
        throttle: { onRateLimit: isShort, onSecondaryRateLimit: isShort },
      }),
    });
  }

  private problemOf(error: unknown): unknown {
    const isAnswer = error instanceof RequestError;
    if (!isAnswer && !(error instanceof UnreadablePayload)) return error;
    if (isAnswer && error.status === 404) return error;
    this.logger.warn({
      msg: 'GitHub failed',
      reason: error.message,
      ...(isAnswer && { status: error.status }),
    });
    return isAnswer ? problemOfAnswer(error) : githubProblems.unavailable(SOON_S);
  }
}

const isShort = (retryAfter: number, _options: unknown, _octokit: unknown, retryCount: number) =>
  retryCount < 1 && retryAfter <= LONGEST_WAIT_S;
const quiet = () => undefined;

/** GitHub's answers have no end of their own to be waited for. */
const within =
  (timeoutMs: number): typeof fetch =>
  (url, options) =>
    fetch(url, { ...options, signal: AbortSignal.timeout(timeoutMs) });

function problemOfAnswer({ status, response }: RequestError): Problem {
  const patienceS = patienceOf(status, response?.headers ?? {}, new Date());
  if (patienceS !== undefined) return githubProblems.limited(patienceS);
  return status === 401 || status === 403 ? githubProblems.appRefused() : githubProblems.unavailable(SOON_S);
}
