import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiETag,
  IdParam,
  IfMatch,
  type Precondition,
  Problems,
  RequireScope,
} from '../../src/http/index.js';
import { CreateNoteDto, ListNotesQuery, UpdateNoteDto } from './notes.dto.js';
import { notesProblems } from './notes.problems.js';
import { NotesService } from './notes.service.js';

@RequireScope('tenant:read')
@Controller('v1/notes')
export class NotesController {
  constructor(private readonly notes: NotesService) {}

  @Get()
  list(@Query() query: ListNotesQuery) {
    return this.notes.list(query);
  }

  @Get(':id')
  @ApiETag()
  @Problems(notesProblems.noteNotFound)
  get(@Param() { id }: IdParam) {
    return this.notes.get(id);
  }

  @Post()
  @ApiETag()
  create(@Body() dto: CreateNoteDto) {
    return this.notes.create(dto);
  }

  @Patch(':id')
  @ApiETag()
  @Problems(notesProblems.noteNotFound)
  update(@Param() { id }: IdParam, @Body() dto: UpdateNoteDto, @IfMatch() ifMatch: Precondition) {
    return this.notes.update(id, dto, ifMatch);
  }

  @Delete(':id')
  @HttpCode(204)
  @Problems(notesProblems.noteNotFound)
  remove(@Param() { id }: IdParam, @IfMatch() ifMatch: Precondition) {
    return this.notes.remove(id, ifMatch);
  }
}
