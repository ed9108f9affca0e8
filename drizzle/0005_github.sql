CREATE TABLE "github_bindings" (
	"installation_id" bigint PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "github_used_states" (
	"nonce" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "github_installation_repositories" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"installation_row_id" uuid NOT NULL,
	"repository_id" bigint NOT NULL,
	"name" text NOT NULL,
	"full_name" text NOT NULL,
	"private" boolean NOT NULL,
	"details_at" timestamp(3) with time zone NOT NULL,
	"details_rank" smallint NOT NULL,
	"default_branch" text,
	"default_branch_at" timestamp(3) with time zone,
	"is_member" boolean,
	"membership_at" timestamp(3) with time zone,
	"gone_at" timestamp(3) with time zone,
	"removed_at" timestamp(3) with time zone,
	CONSTRAINT "github_installation_repositories_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "github_installations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"installation_id" bigint,
	"account_id" bigint,
	"account_login" text,
	"account_login_at" timestamp(3) with time zone,
	"account_login_rank" smallint,
	"account_type" text,
	"target_type" text,
	"repository_selection" text,
	"permissions" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"events" text[] DEFAULT '{}' NOT NULL,
	"status" text NOT NULL,
	"suspended_at" timestamp(3) with time zone,
	"suspended_by" text,
	"uninstalled_at" timestamp(3) with time zone,
	"provider_updated_at" timestamp(3) with time zone,
	"provider_rank" smallint,
	"connected_by" text NOT NULL,
	CONSTRAINT "github_installations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "github_installations_status_known" CHECK ("github_installations"."status" in ('pending', 'active', 'suspended', 'deleted')),
	CONSTRAINT "github_installations_selection_known" CHECK ("github_installations"."repository_selection" in ('all', 'selected')),
	CONSTRAINT "github_installations_whole" CHECK (("github_installations"."status" = 'pending') = ("github_installations"."installation_id" is null) and ("github_installations"."installation_id" is null) = (num_nulls("github_installations"."account_id", "github_installations"."account_login", "github_installations"."account_login_at", "github_installations"."account_login_rank", "github_installations"."account_type", "github_installations"."target_type", "github_installations"."repository_selection", "github_installations"."provider_updated_at", "github_installations"."provider_rank") > 0))
);
--> statement-breakpoint
CREATE TABLE "github_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"delivery_id" text NOT NULL,
	"event" text NOT NULL,
	"action" text,
	"installation_id" bigint,
	"digest" "bytea" NOT NULL,
	"payload" "bytea" NOT NULL,
	"status" text DEFAULT 'received' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"received_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"processed_at" timestamp(3) with time zone,
	CONSTRAINT "github_deliveries_delivery_length" CHECK (length("github_deliveries"."delivery_id") between 1 and 100),
	CONSTRAINT "github_deliveries_status_known" CHECK ("github_deliveries"."status" in ('received', 'processed', 'ignored', 'unbound', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "github_repository_id" bigint;
--> statement-breakpoint
ALTER TABLE "github_bindings" ADD CONSTRAINT "github_bindings_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "github_installation_repositories" ADD CONSTRAINT "github_installation_repositories_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "github_installation_repositories" ADD CONSTRAINT "github_installation_repositories_installation_fkey" FOREIGN KEY ("tenant_id","installation_row_id") REFERENCES "public"."github_installations"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "github_installations" ADD CONSTRAINT "github_installations_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "github_bindings_tenant" ON "github_bindings" USING btree ("tenant_id");
--> statement-breakpoint
CREATE INDEX "github_used_states_expiry" ON "github_used_states" USING btree ("expires_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "github_installation_repositories_live" ON "github_installation_repositories" USING btree ("tenant_id","installation_row_id","repository_id") WHERE "github_installation_repositories"."deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "github_installation_repositories_page" ON "github_installation_repositories" USING btree ("tenant_id","installation_row_id","id");
--> statement-breakpoint
CREATE INDEX "github_installation_repositories_name" ON "github_installation_repositories" USING btree ("tenant_id",lower("full_name")) WHERE "github_installation_repositories"."removed_at" is null and "github_installation_repositories"."deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "github_installation_repositories_id" ON "github_installation_repositories" USING btree ("tenant_id","repository_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "github_installations_live" ON "github_installations" USING btree ("tenant_id","installation_id") WHERE "github_installations"."deleted_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "github_deliveries_delivery" ON "github_deliveries" USING btree ("delivery_id");
--> statement-breakpoint
CREATE INDEX "github_deliveries_due" ON "github_deliveries" USING btree ("next_attempt_at") WHERE "github_deliveries"."status" = 'received';
--> statement-breakpoint
CREATE INDEX "github_deliveries_unbound" ON "github_deliveries" USING btree ("installation_id") WHERE "github_deliveries"."status" = 'unbound';
--> statement-breakpoint
CREATE INDEX "github_deliveries_status" ON "github_deliveries" USING btree ("status","id");
--> statement-breakpoint
CREATE INDEX "github_deliveries_age" ON "github_deliveries" USING btree ("received_at");
--> statement-breakpoint
GRANT UPDATE ("github_repository_id") ON "services" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "github_installation_repositories" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "github_installation_repositories" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "github_installation_repositories_floor" ON "github_installation_repositories" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "github_installation_repositories_tenant" ON "github_installation_repositories" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "installation_row_id", "repository_id", "name", "full_name", "private", "details_at", "details_rank", "default_branch", "default_branch_at", "is_member", "membership_at", "gone_at", "removed_at") ON "github_installation_repositories" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "github_installations" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "github_installations" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "github_installations_floor" ON "github_installations" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "github_installations_tenant" ON "github_installations" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "installation_id", "account_id", "account_login", "account_login_at", "account_login_rank", "account_type", "target_type", "repository_selection", "permissions", "events", "status", "suspended_at", "suspended_by", "uninstalled_at", "provider_updated_at", "provider_rank", "connected_by") ON "github_installations" TO rowhouse_app;

--> statement-breakpoint
COMMENT ON COLUMN "github_installations"."permissions" IS 'jsonb exempt: what GitHub lets the App do, by its names; no record of business';
--> statement-breakpoint
-- The control plane: what GitHub sends, and whose it is.
GRANT SELECT, INSERT, DELETE, UPDATE ("action", "installation_id", "status", "attempts", "next_attempt_at", "last_error", "processed_at") ON "github_deliveries" TO rowhouse_control;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "github_bindings" TO rowhouse_control;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "github_used_states" TO rowhouse_control;
--> statement-breakpoint
-- A worker somewhere handles it at once: a new delivery, or one that is to be handled again.
CREATE FUNCTION notify_github_delivery() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('rowhouse_github', '');
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "github_deliveries_due" AFTER INSERT OR UPDATE OF "status" ON "github_deliveries" FOR EACH ROW WHEN (NEW.status = 'received') EXECUTE FUNCTION notify_github_delivery();
