import { Injectable } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { Transactions } from '../../database/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { GithubClient } from '../client/github.client.js';
import type { Observation } from '../events/observation.js';
import { githubProblems } from '../github.problems.js';
import type { InstallationDto } from '../installations/installations.dto.js';
import { InstallationsService } from '../installations/installations.service.js';
import { Bindings } from './bindings.service.js';
import type { SetupQuery, StartedDto } from './connect.dto.js';
import { ConnectedInstallations } from './connected-installations.service.js';
import { type SetupState, newSetupState, readState, signState, stateKeyOf } from './setup-state.js';

/** Connects installations: whoever began it, came back from GitHub, and may do so there. */
@Injectable()
export class ConnectService {
  constructor(
    private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
    private readonly github: GithubClient,
    private readonly bindings: Bindings,
    private readonly connected: ConnectedInstallations,
    private readonly installations: InstallationsService,
  ) {}

  async start(): Promise<StartedDto> {
    const { tenantId, actor } = this.context.current;
    const key = this.stateKey();
    const url = await this.github.installationPage();
    const state = newSetupState(tenantId, actor.id, new Date());
    url.searchParams.set('state', signState(state, key));
    await this.inTenant(() =>
      this.audit.record({
        action: 'github_installations.start',
        entityType: 'tenant',
        entityId: tenantId,
      }),
    );
    return { url: url.href, expiresAt: state.expiresAt.toISOString() };
  }

  /** The state first, which costs nothing to look at; GitHub is asked outside of any transaction. */
  async setup({
    installation_id: installationId,
    setup_action,
    state,
    code,
  }: SetupQuery): Promise<InstallationDto> {
    const begun = this.verify(state);
    if (setup_action === 'request') {
      await this.use(begun);
      return this.inTenant(async () => this.installations.get(await this.connected.request()));
    }
    if (installationId === undefined) throw githubProblems.installationMissing();
    if (code === undefined) throw githubProblems.codeMissing();
    await this.use(begun);
    // The id stands in a URL: anybody can put another one there.
    const mayUse = await this.github.mayUse(installationId, code);
    const answer = mayUse ? await this.github.look(installationId) : undefined;
    if (!answer) throw githubProblems.installationForbidden();
    return this.connect(answer);
  }

  /** The state must be of this very person or key, in this very tenant: nobody is made to finish a stranger's connection. */
  private verify(text: string): SetupState {
    const { tenantId, actor } = this.context.current;
    const state = readState(text, this.stateKey(), new Date());
    if (state?.tenantId !== tenantId || state.actorId !== actor.id) throw githubProblems.stateInvalid();
    return state;
  }

  private async use(state: SetupState): Promise<void> {
    const isFirst = await this.onControlPlane(() => this.bindings.useState(state));
    if (!isFirst) throw githubProblems.stateInvalid();
  }

  /**
   * Three transactions: whose it is, what it is, and then what was kept of it while it was nobody's. Where the process ends
   * in between, the same tenant connects it once more.
   */
  private async connect(answer: Observation): Promise<InstallationDto> {
    const { installationId } = answer;
    const { tenantId } = this.context.current;
    const isOurs = await this.onControlPlane(() => this.bindings.take(installationId, tenantId));
    if (!isOurs) throw githubProblems.installationTaken();
    const dto = await this.inTenant(async () => this.installations.get(await this.connected.connect(answer)));
    await this.onControlPlane(() => this.bindings.wakeDeliveries(installationId));
    return dto;
  }

  private stateKey(): Buffer {
    const { app } = this.config.github;
    if (!app) throw githubProblems.notConfigured();
    return stateKeyOf(app.clientSecret);
  }

  private inTenant<T>(work: () => Promise<T>): Promise<T> {
    return this.transactions.withTenant(this.context.current.tenantId, { access: 'write' }, work);
  }

  private onControlPlane<T>(work: () => Promise<T>): Promise<T> {
    const { tenantId } = this.context.current;
    return this.transactions.withControl({ access: 'write', onBehalfOf: tenantId }, work);
  }
}
