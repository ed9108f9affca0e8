import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { and, eq, isNull } from 'drizzle-orm';
import { APP_OPTIONS, configureApp, createAdapter } from '../src/app.js';
import { AppModule } from '../src/app.module.js';
import { loadConfig } from '../src/config/index.js';
import { TenantDatabase } from '../src/database/index.js';
import { seedDemo } from '../src/local/demo-data.js';
import { RequestObserver } from '../src/observability/index.js';
import { DatabaseMetrics } from '../src/observability/metrics/database.metrics.js';
import { HttpMetrics } from '../src/observability/metrics/http.metrics.js';
import { AuditLog, TenantContext } from '../src/tenancy/index.js';
import { NotesModule } from '../test/notes/notes.module.js';
import { NotesService } from '../test/notes/notes.service.js';
import * as notesSchema from '../test/notes/notes.schema.js';
import { portOf, serveParent } from './child.js';
import type { Layer } from './layers.js';

/** Rowhouse with only those layers that `LAYERS` names; limits, log level and collector come from their own variables. */
const config = loadConfig(process.env);
const layers = new Set((process.env['LAYERS'] ?? '').split(',') as Layer[]);
const { notes } = notesSchema;

/** A read that does not ask for the row's version, and so is answered without an ETag. */
@Injectable()
class PlainNotesService extends NotesService {
  constructor(
    private readonly plainDb: TenantDatabase,
    context: TenantContext,
    audit: AuditLog,
  ) {
    super(plainDb, context, audit);
  }

  override async get(id: string) {
    const [row] = await this.plainDb
      .select()
      .from(notes)
      .where(and(eq(notes.id, id), isNull(notes.deletedAt)));
    return row!;
  }
}

@Module({ imports: [AppModule.forRoot(config, notesSchema), NotesModule] })
class BenchModule {}

const nothing = async () => undefined;
let builder: TestingModuleBuilder = Test.createTestingModule({ imports: [BenchModule] });
if (!layers.has('audit'))
  builder = builder.overrideProvider(AuditLog).useValue({ record: nothing, recordIn: nothing });
if (!layers.has('etag')) builder = builder.overrideProvider(NotesService).useClass(PlainNotesService);
if (!layers.has('metrics')) {
  builder = builder.overrideProvider(HttpMetrics).useValue({ requestEnded: () => undefined });
  builder = builder.overrideProvider(DatabaseMetrics).useValue({});
}
if (!['logs', 'metrics', 'traces'].some((layer) => layers.has(layer as Layer)))
  builder = builder.overrideProvider(RequestObserver).useValue({ watch: () => undefined });

const module = await builder.compile();
const app = module.createNestApplication<NestFastifyApplication>(createAdapter(config), {
  ...APP_OPTIONS,
  logger: ['error', 'warn'],
});
await configureApp(app).init();
const { tenants } = await seedDemo(app);
await app.listen(0, '127.0.0.1');
const keys = Object.fromEntries(tenants.map(({ slug, apiKey }) => [slug, apiKey]));
serveParent({ port: portOf(await app.getUrl()), keys });
