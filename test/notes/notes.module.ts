import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import { IdParam, PageQuery, RequireScope } from '../../src/http/index.js';
import { CreateNoteDto } from './notes.dto.js';
import { NotesService } from './notes.service.js';

@RequireScope('tenant:read')
@Controller('v1/notes')
export class NotesController {
  constructor(private readonly notes: NotesService) {}

  @Get()
  list(@Query() query: PageQuery) {
    return this.notes.list(query);
  }

  @Get(':id')
  get(@Param() { id }: IdParam) {
    return this.notes.get(id);
  }

  @Post()
  create(@Body() dto: CreateNoteDto) {
    return this.notes.create(dto);
  }
}

@Module({ controllers: [NotesController], providers: [NotesService] })
export class NotesModule {}
