import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Problems, RequireScope } from '../../http/index.js';
import { Repeatable, RequireFeature, Transactionless } from '../../tenancy/index.js';
import { githubProblems } from '../github.problems.js';
import { InstallationDto } from '../installations/installations.dto.js';
import { SetupQuery, StartedDto } from './connect.dto.js';
import { ConnectService } from './connect.service.js';

/** From a tenant to its installation. */
@ApiTags('GitHub')
@Controller('v1/github')
@RequireFeature('github')
@RequireScope('github:write')
@Transactionless()
@Repeatable()
export class ConnectController {
  constructor(private readonly connection: ConnectService) {}

  /** Begin to connect an installation */
  @Post('installations/start')
  @HttpCode(200)
  @Problems(
    githubProblems.notConfigured,
    githubProblems.unavailable,
    githubProblems.limited,
    githubProblems.appRefused,
  )
  start(): Promise<StartedDto> {
    return this.connection.start();
  }

  /**
   * Connect the installation that GitHub came back with
   *
   * The setup URL of the App is a page of your front end, which hands its query on to here, with the credential of whoever
   * began: nobody can finish what somebody else began.
   */
  @Get('setup')
  @Problems(
    githubProblems.stateInvalid,
    githubProblems.installationMissing,
    githubProblems.codeMissing,
    githubProblems.codeRefused,
    githubProblems.installationForbidden,
    githubProblems.installationTaken,
    githubProblems.notConfigured,
    githubProblems.unavailable,
    githubProblems.limited,
    githubProblems.appRefused,
  )
  setup(@Query() query: SetupQuery): Promise<InstallationDto> {
    return this.connection.setup(query);
  }
}
