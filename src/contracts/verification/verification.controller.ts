import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiETag, ApiPage, IdParam, type Page, Problems, RequireScope, SentBody } from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { ResultsService } from './results.service.js';
import { TasksService } from './tasks.service.js';
import {
  ResultDto,
  ResultsQuery,
  SubmitResultsDto,
  TaskDetailDto,
  TaskDto,
  TasksQuery,
} from './verification.dto.js';

/** What providers have to verify, and what they found. */
@ApiTags('Verification')
@Controller('v1')
@RequireFeature('contracts')
export class VerificationController {
  constructor(
    private readonly tasks: TasksService,
    private readonly results: ResultsService,
  ) {}

  /** List verification tasks, newest first */
  @Get('verification-tasks')
  @RequireScope('contracts:read')
  @ApiPage(TaskDto)
  listTasks(@Query() query: TasksQuery): Promise<Page<TaskDto>> {
    return this.tasks.list(query);
  }

  /** Read one verification task with its interactions */
  @Get('verification-tasks/:id')
  @RequireScope('contracts:read')
  @ApiETag()
  @Problems(contractsProblems.taskNotFound)
  getTask(@Param() { id }: IdParam): Promise<TaskDetailDto> {
    return this.tasks.get(id);
  }

  /** Submit what the provider found; the newest result counts */
  @Post('verification-tasks/:id/results')
  @RequireScope('contracts:write')
  @Problems(
    contractsProblems.taskNotFound,
    contractsProblems.providerVersionMismatch,
    contractsProblems.resultsEmpty,
    contractsProblems.interactionNotOfTask,
  )
  submit(@Param() { id }: IdParam, @SentBody(SubmitResultsDto) dto: SubmitResultsDto): Promise<ResultDto> {
    return this.results.submit(id, dto);
  }

  /** List verification results, newest first */
  @Get('verification-results')
  @RequireScope('contracts:read')
  @ApiPage(ResultDto)
  listResults(@Query() query: ResultsQuery): Promise<Page<ResultDto>> {
    return this.results.list(query);
  }
}
