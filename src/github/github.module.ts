import { Global, Module } from '@nestjs/common';
import { KnownRepositories } from '../tenancy/index.js';
import { GithubClient } from './client/github.client.js';
import { Bindings } from './connect/bindings.service.js';
import { ConnectController } from './connect/connect.controller.js';
import { ConnectService } from './connect/connect.service.js';
import { ConnectedInstallations } from './connect/connected-installations.service.js';
import { InstallationStore } from './installations/installation-store.service.js';
import { InstallationsController } from './installations/installations.controller.js';
import { InstallationsService } from './installations/installations.service.js';
import { Repositories } from './installations/repositories.service.js';
import { Sync } from './installations/sync.service.js';
import { AdminDeliveriesController } from './webhooks/admin-deliveries.controller.js';
import { Backlog } from './webhooks/backlog.service.js';
import { DeliveriesWorker } from './webhooks/deliveries.worker.js';
import { HandleDelivery } from './webhooks/handle-delivery.service.js';
import { OldDeliveriesSweeper } from './webhooks/old-deliveries.sweeper.js';
import { ReceiveDelivery } from './webhooks/receive-delivery.service.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

/** GitHub App installations: whose they are, and what they have access to. Global, for whoever names a repository. */
@Global()
@Module({
  // `start` and `setup` before `:id`.
  controllers: [ConnectController, InstallationsController, WebhooksController, AdminDeliveriesController],
  providers: [
    GithubClient,
    Bindings,
    ConnectService,
    ConnectedInstallations,
    InstallationStore,
    InstallationsService,
    Sync,
    ReceiveDelivery,
    HandleDelivery,
    DeliveriesWorker,
    Backlog,
    OldDeliveriesSweeper,
    { provide: KnownRepositories, useClass: Repositories },
  ],
  exports: [KnownRepositories],
})
export class GithubModule {}
