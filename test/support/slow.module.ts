import { setTimeout as sleep } from 'node:timers/promises';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { TenantDatabase } from '../../src/database/index.js';
import { RequireScope } from '../../src/http/index.js';
import { CreateNoteDto } from '../notes/notes.dto.js';
import { NotesModule } from '../notes/notes.module.js';
import { NotesService } from '../notes/notes.service.js';

/** Requests that a client can leave while they run. */
@RequireScope('tenant:read')
@Controller('v1/slow')
export class SlowController {
  constructor(
    private readonly db: TenantDatabase,
    private readonly notes: NotesService,
  ) {}

  @Get()
  async read() {
    await this.db.execute(sql`SELECT pg_sleep(60)`);
  }

  /** Writes, then runs for long. */
  @Post()
  async write(@Body() dto: CreateNoteDto) {
    await this.notes.create(dto);
    await this.db.execute(sql`SELECT pg_sleep(60)`);
  }

  /** Writes, then is busy elsewhere, and takes no notice of anything. */
  @Post('elsewhere')
  async elsewhere(@Body() dto: CreateNoteDto) {
    await this.notes.create(dto);
    await sleep(1_000);
    return { done: true };
  }

  /** More than the buffers of a connection hold. */
  @Get('large')
  large() {
    return { text: 'x'.repeat(20_000_000) };
  }
}

@Module({ imports: [NotesModule], controllers: [SlowController], providers: [NotesService] })
export class SlowModule {}
