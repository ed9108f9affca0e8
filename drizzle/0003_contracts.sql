CREATE TABLE "dependencies" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"consumer_id" uuid NOT NULL,
	"consumer_version" text NOT NULL,
	"provider_id" uuid NOT NULL,
	"interactions" integer NOT NULL,
	"first_seen_at" timestamp(3) with time zone NOT NULL,
	"last_seen_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "dependencies_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "deployments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"service_id" uuid NOT NULL,
	"version" text NOT NULL,
	"environment_id" uuid NOT NULL,
	"deployed_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deployed_by" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"undeployed_at" timestamp(3) with time zone,
	"git_sha" text,
	CONSTRAINT "deployments_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "deployments_end_whole" CHECK ("deployments"."active" = ("deployments"."undeployed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "environments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"name" text NOT NULL,
	"display_name" text NOT NULL,
	"is_production" boolean DEFAULT false NOT NULL,
	CONSTRAINT "environments_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "environments_name_length" CHECK (length("environments"."name") between 1 and 64)
);
--> statement-breakpoint
CREATE TABLE "fixtures" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"service_id" uuid NOT NULL,
	"service_version" text NOT NULL,
	"operation" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"source" text NOT NULL,
	"priority" integer DEFAULT 1 NOT NULL,
	"data" jsonb NOT NULL,
	"created_from" jsonb,
	"approved_by" text,
	"approved_at" timestamp(3) with time zone,
	"notes" text,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "fixtures_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "fixtures_status_known" CHECK ("fixtures"."status" in ('draft', 'approved', 'rejected', 'deprecated')),
	CONSTRAINT "fixtures_source_known" CHECK ("fixtures"."source" in ('consumer', 'provider', 'manual')),
	CONSTRAINT "fixtures_approval_whole" CHECK (("fixtures"."approved_by" is null) = ("fixtures"."approved_at" is null))
);
--> statement-breakpoint
CREATE TABLE "interactions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"service_id" uuid NOT NULL,
	"service_version" text,
	"consumer_id" uuid NOT NULL,
	"consumer_version" text NOT NULL,
	"environment" text NOT NULL,
	"operation" text NOT NULL,
	"request" jsonb NOT NULL,
	"response" jsonb NOT NULL,
	"recorded_at" timestamp(3) with time zone NOT NULL,
	"duration_ms" integer,
	"client_info" jsonb,
	"violations" jsonb,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "interactions_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "service_versions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"service_id" uuid NOT NULL,
	"version" text NOT NULL,
	"branch" text,
	"git_sha" text,
	"created_by" text NOT NULL,
	CONSTRAINT "service_versions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "service_versions_version_length" CHECK (length("service_versions"."version") between 1 and 128)
);
--> statement-breakpoint
CREATE TABLE "services" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"name" text NOT NULL,
	"description" text,
	"spec_type" text DEFAULT 'openapi' NOT NULL,
	"repository_url" text,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "services_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "services_metadata_clean" CHECK (metadata_is_clean("services"."metadata")),
	CONSTRAINT "services_name_length" CHECK (length("services"."name") between 1 and 128),
	CONSTRAINT "services_spec_type_known" CHECK ("services"."spec_type" in ('openapi', 'graphql', 'asyncapi', 'grpc', 'soap'))
);
--> statement-breakpoint
CREATE TABLE "specs" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"service_id" uuid NOT NULL,
	"version" text NOT NULL,
	"branch" text DEFAULT 'main' NOT NULL,
	"environment" text DEFAULT '' NOT NULL,
	"spec" jsonb NOT NULL,
	"spec_type" text NOT NULL,
	"content_sha" "bytea" NOT NULL,
	"uploaded_by" text NOT NULL,
	"uploaded_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "specs_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "verification_results" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"task_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"provider_version" text NOT NULL,
	"consumer_id" uuid NOT NULL,
	"consumer_version" text NOT NULL,
	"environment_id" uuid NOT NULL,
	"results" jsonb NOT NULL,
	"outcome" text NOT NULL,
	"covers" integer NOT NULL,
	"submitted_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"submitted_by" text NOT NULL,
	CONSTRAINT "verification_results_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "verification_results_outcome_known" CHECK ("verification_results"."outcome" in ('passed', 'failed', 'incomplete'))
);
--> statement-breakpoint
CREATE TABLE "verification_tasks" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"provider_id" uuid NOT NULL,
	"provider_version" text NOT NULL,
	"consumer_id" uuid NOT NULL,
	"consumer_version" text NOT NULL,
	"environment_id" uuid NOT NULL,
	"interactions" jsonb NOT NULL,
	"recorded" integer NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	CONSTRAINT "verification_tasks_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "verification_tasks_status_known" CHECK ("verification_tasks"."status" in ('open', 'verified', 'failed', 'superseded'))
);
--> statement-breakpoint
ALTER TABLE "dependencies" ADD CONSTRAINT "dependencies_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "dependencies" ADD CONSTRAINT "dependencies_consumer_fkey" FOREIGN KEY ("tenant_id","consumer_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "dependencies" ADD CONSTRAINT "dependencies_provider_fkey" FOREIGN KEY ("tenant_id","provider_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_service_fkey" FOREIGN KEY ("tenant_id","service_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_environment_fkey" FOREIGN KEY ("tenant_id","environment_id") REFERENCES "public"."environments"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "environments" ADD CONSTRAINT "environments_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "fixtures" ADD CONSTRAINT "fixtures_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "fixtures" ADD CONSTRAINT "fixtures_service_fkey" FOREIGN KEY ("tenant_id","service_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_service_fkey" FOREIGN KEY ("tenant_id","service_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "interactions" ADD CONSTRAINT "interactions_consumer_fkey" FOREIGN KEY ("tenant_id","consumer_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "service_versions" ADD CONSTRAINT "service_versions_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "service_versions" ADD CONSTRAINT "service_versions_service_fkey" FOREIGN KEY ("tenant_id","service_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "specs" ADD CONSTRAINT "specs_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "specs" ADD CONSTRAINT "specs_service_fkey" FOREIGN KEY ("tenant_id","service_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "verification_results" ADD CONSTRAINT "verification_results_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "verification_results" ADD CONSTRAINT "verification_results_task_fkey" FOREIGN KEY ("tenant_id","task_id") REFERENCES "public"."verification_tasks"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "verification_tasks" ADD CONSTRAINT "verification_tasks_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "verification_tasks" ADD CONSTRAINT "verification_tasks_provider_fkey" FOREIGN KEY ("tenant_id","provider_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "verification_tasks" ADD CONSTRAINT "verification_tasks_consumer_fkey" FOREIGN KEY ("tenant_id","consumer_id") REFERENCES "public"."services"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "verification_tasks" ADD CONSTRAINT "verification_tasks_environment_fkey" FOREIGN KEY ("tenant_id","environment_id") REFERENCES "public"."environments"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "dependencies_once" ON "dependencies" USING btree ("tenant_id","consumer_id","consumer_version","provider_id");
--> statement-breakpoint
CREATE INDEX "dependencies_provider" ON "dependencies" USING btree ("tenant_id","provider_id","consumer_id","consumer_version");
--> statement-breakpoint
CREATE UNIQUE INDEX "deployments_one_active" ON "deployments" USING btree ("tenant_id","environment_id","service_id") WHERE "deployments"."active";
--> statement-breakpoint
CREATE INDEX "deployments_environment" ON "deployments" USING btree ("tenant_id","environment_id","id");
--> statement-breakpoint
CREATE INDEX "deployments_service" ON "deployments" USING btree ("tenant_id","service_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "environments_name_live" ON "environments" USING btree ("tenant_id","name") WHERE "environments"."deleted_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "fixtures_hash_live" ON "fixtures" USING btree ("tenant_id","hash") WHERE "fixtures"."deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "fixtures_choice" ON "fixtures" USING btree ("tenant_id","service_id","operation","status");
--> statement-breakpoint
CREATE UNIQUE INDEX "interactions_hash_live" ON "interactions" USING btree ("tenant_id","hash") WHERE "interactions"."deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "interactions_pair" ON "interactions" USING btree ("tenant_id","service_id","consumer_id","consumer_version","id");
--> statement-breakpoint
CREATE INDEX "interactions_provider" ON "interactions" USING btree ("tenant_id","service_id","id");
--> statement-breakpoint
CREATE INDEX "interactions_consumer" ON "interactions" USING btree ("tenant_id","consumer_id","id");
--> statement-breakpoint
CREATE INDEX "interactions_recorded" ON "interactions" USING btree ("tenant_id","service_id","recorded_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "service_versions_version_live" ON "service_versions" USING btree ("tenant_id","service_id","version") WHERE "service_versions"."deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "service_versions_newest" ON "service_versions" USING btree ("tenant_id","service_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "services_name_live" ON "services" USING btree ("tenant_id","name") WHERE "services"."deleted_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "specs_place_live" ON "specs" USING btree ("tenant_id","service_id","version","branch","environment") WHERE "specs"."deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "specs_newest" ON "specs" USING btree ("tenant_id","service_id","uploaded_at");
--> statement-breakpoint
CREATE INDEX "verification_results_task" ON "verification_results" USING btree ("tenant_id","task_id","id");
--> statement-breakpoint
CREATE INDEX "verification_results_pair" ON "verification_results" USING btree ("tenant_id","consumer_id","consumer_version","provider_id","provider_version","id");
--> statement-breakpoint
CREATE INDEX "verification_results_services" ON "verification_results" USING btree ("tenant_id","consumer_id","provider_id","id");
--> statement-breakpoint
CREATE INDEX "verification_results_submitted" ON "verification_results" USING btree ("tenant_id","submitted_at","outcome");
--> statement-breakpoint
CREATE INDEX "verification_results_provider" ON "verification_results" USING btree ("tenant_id","provider_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "verification_tasks_once" ON "verification_tasks" USING btree ("tenant_id","consumer_id","consumer_version","provider_id","provider_version","environment_id");
--> statement-breakpoint
CREATE INDEX "verification_tasks_provider" ON "verification_tasks" USING btree ("tenant_id","provider_id","status","id");
--> statement-breakpoint
CREATE INDEX "verification_tasks_environment" ON "verification_tasks" USING btree ("tenant_id","environment_id","status","id");
--> statement-breakpoint
ALTER TABLE "dependencies" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "dependencies" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "dependencies_floor" ON "dependencies" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "dependencies_tenant" ON "dependencies" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "consumer_id", "consumer_version", "provider_id", "interactions", "first_seen_at", "last_seen_at") ON "dependencies" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "deployments" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "deployments" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "deployments_floor" ON "deployments" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "deployments_tenant" ON "deployments" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "service_id", "version", "environment_id", "deployed_at", "deployed_by", "active", "undeployed_at", "git_sha") ON "deployments" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "environments" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "environments" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "environments_floor" ON "environments" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "environments_tenant" ON "environments" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "name", "display_name", "is_production") ON "environments" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "fixtures" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "fixtures" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "fixtures_floor" ON "fixtures" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "fixtures_tenant" ON "fixtures" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "service_id", "service_version", "operation", "status", "source", "priority", "data", "created_from", "approved_by", "approved_at", "notes", "hash") ON "fixtures" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "interactions" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "interactions" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "interactions_floor" ON "interactions" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "interactions_tenant" ON "interactions" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "service_id", "service_version", "consumer_id", "consumer_version", "environment", "operation", "request", "response", "recorded_at", "duration_ms", "client_info", "violations", "hash") ON "interactions" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "service_versions" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "service_versions" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "service_versions_floor" ON "service_versions" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "service_versions_tenant" ON "service_versions" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "service_id", "version", "branch", "git_sha", "created_by") ON "service_versions" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "services" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "services" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "services_floor" ON "services" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "services_tenant" ON "services" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "name", "description", "spec_type", "repository_url", "metadata") ON "services" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "specs" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "specs" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "specs_floor" ON "specs" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "specs_tenant" ON "specs" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "service_id", "version", "branch", "environment", "spec", "spec_type", "content_sha", "uploaded_by", "uploaded_at") ON "specs" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "verification_results" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "verification_results" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "verification_results_floor" ON "verification_results" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "verification_results_tenant" ON "verification_results" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "task_id", "provider_id", "provider_version", "consumer_id", "consumer_version", "environment_id", "results", "outcome", "covers", "submitted_at", "submitted_by") ON "verification_results" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "verification_tasks" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "verification_tasks" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "verification_tasks_floor" ON "verification_tasks" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "verification_tasks_tenant" ON "verification_tasks" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "provider_id", "provider_version", "consumer_id", "consumer_version", "environment_id", "interactions", "recorded", "status") ON "verification_tasks" TO rowhouse_app;
--> statement-breakpoint
COMMENT ON COLUMN "interactions"."request" IS 'jsonb exempt: messages of the services under test, in their own words';
--> statement-breakpoint
COMMENT ON COLUMN "interactions"."response" IS 'jsonb exempt: messages of the services under test, in their own words';
--> statement-breakpoint
COMMENT ON COLUMN "interactions"."client_info" IS 'jsonb exempt: what a recording tool says of itself';
--> statement-breakpoint
COMMENT ON COLUMN "interactions"."violations" IS 'jsonb exempt: a list of ours: path, code and message';
--> statement-breakpoint
COMMENT ON COLUMN "fixtures"."data" IS 'jsonb exempt: messages of the services under test, in their own words';
--> statement-breakpoint
COMMENT ON COLUMN "fixtures"."created_from" IS 'jsonb exempt: names where a proposal came from, as its client calls it';
--> statement-breakpoint
COMMENT ON COLUMN "specs"."spec" IS 'jsonb exempt: a published description, in the words of its standard';
--> statement-breakpoint
COMMENT ON COLUMN "verification_tasks"."interactions" IS 'jsonb exempt: messages of the services under test, in their own words';
--> statement-breakpoint
COMMENT ON COLUMN "verification_results"."results" IS 'jsonb exempt: messages of the services under test, in their own words';
