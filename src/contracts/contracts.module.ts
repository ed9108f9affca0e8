import { Module } from '@nestjs/common';
import { BadgesController } from './badges/badges.controller.js';
import { BadgesService } from './badges/badges.service.js';
import { CanIDeployController } from './can-i-deploy/can-i-deploy.controller.js';
import { CanIDeployService } from './can-i-deploy/can-i-deploy.service.js';
import { DependenciesController } from './dependencies/dependencies.controller.js';
import { DependenciesService } from './dependencies/dependencies.service.js';
import { DependencyCounts } from './dependencies/dependency-counts.service.js';
import { GraphPictures } from './dependencies/graph-pictures.js';
import { DeploymentsController } from './deployments/deployments.controller.js';
import { DeploymentsService } from './deployments/deployments.service.js';
import { EnvironmentsController } from './environments/environments.controller.js';
import { EnvironmentsService } from './environments/environments.service.js';
import { FixturesController } from './fixtures/fixtures.controller.js';
import { FixturesService } from './fixtures/fixtures.service.js';
import { ProposalsService } from './fixtures/proposals.service.js';
import { InteractionsController } from './interactions/interactions.controller.js';
import { InteractionsService } from './interactions/interactions.service.js';
import { RecordingService } from './interactions/recording.service.js';
import { MatrixController } from './matrix/matrix.controller.js';
import { MatrixService } from './matrix/matrix.service.js';
import { Participants } from './services/participants.js';
import { ServicesController } from './services/services.controller.js';
import { ServicesService } from './services/services.service.js';
import { VersionsController } from './services/versions.controller.js';
import { VersionsService } from './services/versions.service.js';
import { SpecCheck } from './specs/spec-check.service.js';
import { SpecsController } from './specs/specs.controller.js';
import { SpecsService } from './specs/specs.service.js';
import { StatsController } from './stats/stats.controller.js';
import { StatsService } from './stats/stats.service.js';
import { ResultsService } from './verification/results.service.js';
import { TaskDerivation } from './verification/task-derivation.service.js';
import { TasksService } from './verification/tasks.service.js';
import { VerificationController } from './verification/verification.controller.js';

/** Contract testing: what consumers rely on, what providers verified, and whether a version can be deployed. */
@Module({
  controllers: [
    ServicesController,
    VersionsController,
    SpecsController,
    InteractionsController,
    FixturesController,
    EnvironmentsController,
    DeploymentsController,
    VerificationController,
    CanIDeployController,
    MatrixController,
    DependenciesController,
    StatsController,
    BadgesController,
  ],
  providers: [
    Participants,
    ServicesService,
    VersionsService,
    SpecsService,
    SpecCheck,
    InteractionsService,
    RecordingService,
    DependencyCounts,
    FixturesService,
    ProposalsService,
    EnvironmentsService,
    DeploymentsService,
    TaskDerivation,
    TasksService,
    ResultsService,
    CanIDeployService,
    MatrixService,
    DependenciesService,
    GraphPictures,
    StatsService,
    BadgesService,
  ],
})
export class ContractsModule {}
