import { Body, Controller, Get, Module, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { IsOptional, IsString, Length } from 'class-validator';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { boolean, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { v7 } from 'uuid';
import { PAGE_SIZE, pageOf } from './page.js';
import { current } from './transaction.interceptor.js';

const stamp = (name: string) => timestamp(name, { precision: 3, withTimezone: true });

const notes = pgTable('notes', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  createdAt: stamp('created_at').notNull().defaultNow(),
  updatedAt: stamp('updated_at').notNull().defaultNow(),
  deletedAt: stamp('deleted_at'),
  title: text('title').notNull(),
  body: text('body').notNull().default(''),
  rank: integer('rank').notNull().default(0),
  isDone: boolean('is_done').notNull().default(false),
});

class NewNoteDto {
  @IsString()
  @Length(1, 200)
  title!: string;

  @IsOptional()
  @IsString()
  @Length(0, 10_000)
  body?: string;
}

@Controller('v1/notes')
class PeerController {
  @Get()
  async list() {
    const rows = await current()
      .tx.select()
      .from(notes)
      .where(isNull(notes.deletedAt))
      .orderBy(desc(notes.id))
      .limit(PAGE_SIZE + 1);
    return pageOf(rows);
  }

  @Get(':id')
  async get(@Param('id', ParseUUIDPipe) id: string) {
    return (
      await current()
        .tx.select()
        .from(notes)
        .where(and(eq(notes.id, id), isNull(notes.deletedAt)))
    )[0];
  }

  @Post()
  async create(@Body() dto: NewNoteDto) {
    const { tenantId, tx } = current();
    return (
      await tx
        .insert(notes)
        .values({ ...dto, tenantId, id: v7() })
        .returning()
    )[0];
  }
}

@Module({ controllers: [PeerController] })
export class PeerModule {}
