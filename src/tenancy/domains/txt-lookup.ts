import { promises as dns } from 'node:dns';
import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { tenancyProblems } from '../tenancy.problems.js';

const TRIES = 2;
/** Answers, and they say that there is nothing: no such name, or a name without TXT. */
const NOTHING_THERE = new Set(['ENOTFOUND', 'ENODATA']);

/** Asks the DNS. Takes up to `dns.timeoutMs`: never inside an open transaction. */
@Injectable()
export class TxtLookup {
  private readonly logger = new Logger('Dns');

  constructor(private readonly config: Config) {}

  /** The TXT values under this name, each with its chunks joined. Throws `DNS_UNAVAILABLE` where nobody can say. */
  async find(name: string): Promise<string[]> {
    const { servers, timeoutMs } = this.config.dns;
    // One for each lookup, so that it can be cancelled alone, and follows a changed /etc/resolv.conf.
    const resolver = new dns.Resolver({ timeout: Math.ceil(timeoutMs / TRIES), tries: TRIES });
    if (servers) resolver.setServers(servers);
    const deadline = setTimeout(() => resolver.cancel(), timeoutMs);
    try {
      return (await resolver.resolveTxt(name)).map((chunks) => chunks.join(''));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== undefined && NOTHING_THERE.has(code)) return [];
      this.logger.warn({ msg: 'DNS lookup failed', name, code });
      throw tenancyProblems.dnsUnavailable();
    } finally {
      clearTimeout(deadline);
    }
  }
}
